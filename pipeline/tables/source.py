"""The source tables: documents, their sentences and texts, and the claims that tie every fact to the characters that say it."""

from __future__ import annotations

import polars as pl

from pipeline.tables.columns import CLAIM_ID, NOT_BLANK, Model, as_written, described, in_chinese, row_rule

FACT_NAMES = (
    "cohort_memberships",
    "affiliations",
    "launches",
    "model_specs",
    "funding_rounds",
    "spending",
    "prices",
    "metrics",
    "rankings",
    "comparisons",
    "partnerships",
    "corporate_events",
    "statements",
)
ASSERTIONS = ("stated", "reported", "planned", "predicted", "rumoured", "denied")
REVIEW_STATUSES = ("auto", "confirmed", "corrected", "rejected")

SPAN_IN_ORDER = (pl.col("char_start") >= 0) & (pl.col("char_start") < pl.col("char_end"))


class Documents(Model):
    doc_id: str = described("Identifier: the stem of the file name", "标识：文件名（不含扩展名）", unique=True, str_matches=r"^[^\s/\\]+$")
    title: str = described("Title as declared or as it stands above the text", "标题", nullable=True, str_matches=NOT_BLANK)
    publisher: str = described("Who published it", "发布媒体", nullable=True, str_matches=NOT_BLANK)
    author: str = described("Who wrote it", "作者", nullable=True, str_matches=NOT_BLANK)
    url: str = described("Where it was published", "网址", nullable=True, str_matches=r"^https?://\S+$")
    published_start: pl.Date = described("Earliest possible day of publication", "可能的最早发布日期", nullable=True)
    published_end: pl.Date = described("Latest possible day of publication", "可能的最晚发布日期", nullable=True)
    published_basis: str = described(
        "Where the publication date comes from", "发布日期的依据", nullable=True, isin=("declared", "inferred", "curated")
    )
    published_evidence: str = as_written("The words the publication date was read from", "推定发布日期所依据的文字")
    script: str = described("Chinese script of the text", "文字：简体、繁体或混用", isin=("hans", "hant", "mixed"))
    char_count: int = described("Length of the decoded text", "解码后全文长度", unit="characters", ge=0)
    sha256: str = described("SHA-256 of the file as received", "原始文件的 SHA-256", str_matches=r"^[0-9a-f]{64}$")
    duplicate_of: str = described("The earlier article that tells the same story", "内容相同的更早文章", nullable=True)
    rights: str = described("Who holds the rights in the text, or its licence", "文本的版权或许可", nullable=True, str_matches=NOT_BLANK)

    both_dates_or_none = row_rule(
        "one of published_start and published_end is missing", pl.col("published_start").is_null() == pl.col("published_end").is_null()
    )
    dates_in_order = row_rule("published_end is before published_start", pl.col("published_start") <= pl.col("published_end"))
    basis_with_dates = row_rule(
        "published_basis and the publication date must be given together",
        pl.col("published_basis").is_null() == pl.col("published_start").is_null(),
    )
    not_its_own_duplicate = row_rule("duplicate_of names the document itself", pl.col("duplicate_of") != pl.col("doc_id"))

    class Config:
        title = "Documents"
        description = "The articles: what is known of each, never their full text."
        metadata = in_chinese("文章", "收录的文章及其元数据，不含全文。")


class Sentences(Model):
    doc_id: str = described("The article", "所属文章")
    sentence_no: int = described("Number of the sentence in the article, from 0", "句子在文章中的序号，从 0 起", ge=0)
    section: str = described("The heading it stands under", "所属小标题", nullable=True)
    char_start: int = described("First character in the article", "在文章中的起始位置", unit="code points", ge=0)
    char_end: int = described("One past the last character", "在文章中的结束位置（不含）", unit="code points", ge=1)
    text: str = described("The sentence as written", "句子原文", str_matches=NOT_BLANK)

    span_in_order = row_rule("char_end is not after char_start", SPAN_IN_ORDER)
    text_fills_span = row_rule(
        "text is not as long as its span", pl.col("text").str.len_chars() == pl.col("char_end") - pl.col("char_start")
    )

    class Config:
        title = "Sentences"
        description = "The sentences of every article, for looking up the context of a claim. Warehouse only: the articles are copyrighted."
        metadata = in_chinese("句子", "每篇文章的句子，用于查看论断的上下文。仅存于仓库，不随版本发布。")


class DocumentTexts(Model):
    doc_id: str = described("The article", "所属文章", unique=True)
    text: str = described("The whole text as decoded", "解码后的全文", str_length={"min_value": 1})

    class Config:
        title = "Document texts"
        description = "The full text of every article. Warehouse only: the articles are copyrighted."
        metadata = in_chinese("全文", "每篇文章的全文。仅存于仓库，不随版本发布。")


class Claims(Model):
    claim_id: str = described(
        "Identifier: a stable hash of article, table, span and key fields",
        "标识：由文章、事实表、位置和关键字段得到的稳定哈希",
        unique=True,
        str_matches=CLAIM_ID,
    )
    doc_id: str = described("The article that says it", "出处文章")
    fact_table: str = described("The fact table that holds the row", "所在事实表", isin=FACT_NAMES)
    sentence_no: int = described("Number of the sentence in the article, from 0", "句子在文章中的序号，从 0 起", ge=0)
    char_start: int = described("First character of the quote in the article", "引文起始位置", unit="code points", ge=0)
    char_end: int = described("One past the last character of the quote", "引文结束位置（不含）", unit="code points", ge=1)
    quote: str = as_written(
        "The sentence or clause with the evidence, at most 200 characters",
        "作为证据的句子或分句原文，不超过 200 字",
        nullable=False,
    )
    attributed_to: str = as_written("Whom the text credits; null = the article's own voice", "文中所引的来源；空表示文章自己的说法")
    assertion: str = described("How it is asserted", "断言方式", isin=ASSERTIONS)
    rule_id: str = described("The extraction rule that found it", "抽取规则", str_matches=NOT_BLANK)
    confidence: float = described("The measured precision of the rule, smoothed", "该规则实测精确率（平滑后）", ge=0, le=1)
    review_status: str = described("What people decided about it", "人工复核状态", isin=REVIEW_STATUSES)

    span_in_order = row_rule("char_end is not after char_start", SPAN_IN_ORDER)
    quote_fills_span = row_rule(
        "quote is not as long as its span", pl.col("quote").str.len_chars() == pl.col("char_end") - pl.col("char_start")
    )

    class Config:
        title = "Claims"
        description = "One row per assertion made at one place in one article, with its quote. Every fact row has exactly one."
        metadata = in_chinese("论断", "每行是一篇文章在一处作出的一个断言，附引文。每条事实对应一行。")
