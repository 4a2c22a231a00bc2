"""The entity tables: organisations, people, models, products, cohorts, the names they go by, and what awaits a person's decision."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipeline.tables.columns import NOT_BLANK, SLUG, Model, as_written, described, given, in_chinese, row_rule

ORG_TYPES = (
    "big_tech", "startup", "research_lab", "investor", "government", "device_maker",
    "cloud", "analyst", "media", "university", "benchmark", "other",
)  # fmt: skip
MODALITIES = ("text", "reasoning", "vision", "image", "video", "audio", "speech", "music", "code", "3d", "multimodal", "world", "other")
PRODUCT_CATEGORIES = (
    "assistant", "agent", "agent_platform", "companion", "creation", "search",
    "office", "developer_platform", "education", "health", "hardware", "other",
)  # fmt: skip
ENTITY_TYPES = ("org", "person", "model", "product", "cohort", "benchmark", "media")


def named(en: str, zh: str, *, nullable: bool = True) -> Any:
    """A name: not blank, no space at either end."""
    return described(en, zh, nullable=nullable, str_matches=r"^\S(?:.*\S)?$")


class Provisional(Model):
    """The mark that every entity table carries."""

    is_provisional: bool = described("The name is not in the curated lexicon; the row awaits review", "名称不在人工词表中，有待复核")


class Organizations(Provisional):
    org_id: str = described("Identifier", "标识", unique=True, str_matches=SLUG)
    name_zh: str = named("Name in Simplified Chinese", "简体中文名")
    name_zh_hant: str = named("Name in Traditional Chinese", "繁体中文名")
    name_en: str = named("Name in English or Latin letters", "英文名")
    org_type: str = described("What kind of organisation it is", "机构类型", isin=ORG_TYPES)
    country: str = described(
        "Country of its head office", "总部所在国家或地区", unit="ISO 3166-1 alpha-2", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    city: str = named("City of its head office", "总部所在城市")
    founded_year: int = described("Year of its foundation", "成立年份", unit="year", nullable=True, ge=1500, le=2100)
    parent_org_id: str = described("The organisation it belongs to", "母公司或上级机构", nullable=True)
    wikidata_id: str = described("Wikidata item", "维基数据条目", nullable=True, str_matches=r"^Q[1-9][0-9]*$")

    has_name = row_rule("an organisation without any name", given("name_zh", "name_zh_hant", "name_en"))
    not_its_own_parent = row_rule("parent_org_id names the organisation itself", pl.col("parent_org_id") != pl.col("org_id"))

    class Config:
        title = "Organisations"
        description = "Companies, laboratories, investors, public bodies and other organisations that the facts speak of."
        metadata = in_chinese("机构", "事实涉及的公司、实验室、投资方、政府部门等机构。")


class People(Provisional):
    person_id: str = described("Identifier", "标识", unique=True, str_matches=SLUG)
    name_zh: str = named("Name in Simplified Chinese", "简体中文名")
    name_zh_hant: str = named("Name in Traditional Chinese", "繁体中文名")
    name_en: str = named("Name in English or Latin letters", "英文名")

    has_name = row_rule("a person without any name", given("name_zh", "name_zh_hant", "name_en"))

    class Config:
        title = "People"
        description = "People with a role or a voice in the facts."
        metadata = in_chinese("人物", "在事实中任职或发言的人物。")


class Models(Provisional):
    model_id: str = described("Identifier", "标识", unique=True, str_matches=SLUG)
    name: str = named("Name of the model, with version", "模型名称（含版本）", nullable=False)
    family: str = named("The family of models it belongs to", "所属模型系列")
    developer_org_id: str = described("The organisation that develops it", "研发机构", nullable=True)
    modality: str = described("What it mainly takes or makes", "主要模态", nullable=True, isin=MODALITIES)
    open_weights: bool = described("Its weights are published", "是否开放权重", nullable=True)

    class Config:
        title = "Models"
        description = "Models, one row per version that the text tells apart."
        metadata = in_chinese("模型", "模型，文中区分的每个版本一行。")


class Products(Provisional):
    product_id: str = described("Identifier", "标识", unique=True, str_matches=SLUG)
    name_zh: str = named("Name in Simplified Chinese", "简体中文名")
    name_en: str = named("Name in English or Latin letters", "英文名")
    org_id: str = described("The organisation that offers it", "所属机构", nullable=True)
    category: str = described("What it is for", "产品类别", nullable=True, isin=PRODUCT_CATEGORIES)

    has_name = row_rule("a product without any name", given("name_zh", "name_en"))

    class Config:
        title = "Products"
        description = "Applications, platforms and devices."
        metadata = in_chinese("产品", "应用、平台和硬件产品。")


class Cohorts(Provisional):
    cohort_id: str = described("Identifier", "标识", unique=True, str_matches=SLUG)
    name_zh: str = named("Name in Simplified Chinese", "简体中文名")
    name_en: str = named("Name in English", "英文名")
    definition: str = described("What puts an organisation into it", "划入标准", nullable=True, str_matches=NOT_BLANK)

    has_name = row_rule("a cohort without any name", given("name_zh", "name_en"))

    class Config:
        title = "Cohorts"
        description = "Named groups of organisations that the press speaks of as one."
        metadata = in_chinese("阵营", "媒体合称的机构群体（如“六小虎”）。")


class Aliases(Model):
    surface: str = named("The name as it stands in a text", "文本中的写法", nullable=False)
    script: str = described(
        "The script this spelling belongs to; both if they do not differ", "该写法所属文字；简繁同形为 both", isin=("hans", "hant", "both")
    )
    entity_type: str = described("What it names", "实体类型", isin=ENTITY_TYPES)
    entity_id: str = described("The entity it links to", "所指实体", str_matches=SLUG)
    is_ambiguous: bool = described("It means other things too, so the context must speak for it", "有歧义，需要上下文支持")

    class Config:
        title = "Aliases"
        description = "Every surface form that links to an entity, in both scripts."
        metadata = in_chinese("别名", "链接到实体的所有写法，含简繁两种文字。")


class ReviewQueue(Model):
    kind: str = described("What was left: a name, a quantity or a time", "待复核内容：名称、数量或时间", isin=("name", "quantity", "time"))
    surface: str = as_written("The characters as written", "原文写法", nullable=False)
    entity_type: str = described("What a name might be", "名称可能的类型", nullable=True, isin=ENTITY_TYPES)
    doc_id: str = described("The article", "所在文章")
    char_start: int = described("First character in the article", "起始位置", unit="code points", ge=0)
    char_end: int = described("One past the last character", "结束位置（不含）", unit="code points", ge=1)
    context: str = as_written("The words around it", "上下文", nullable=False)
    count: int = described("How often it occurs in the articles", "在文章中出现的次数", unit="occurrences", ge=1)

    span_in_order = row_rule("char_end is not after char_start", (pl.col("char_start") < pl.col("char_end")))
    type_of_name_only = row_rule(
        "entity_type is given for what is not a name", (pl.col("kind") == "name") | pl.col("entity_type").is_null()
    )

    class Config:
        title = "Review queue"
        description = "Names, quantities and times that no rule could place: nothing is dropped in silence."
        metadata = in_chinese("待复核", "规则未能处理的名称、数量和时间，不会被悄悄丢弃。")
