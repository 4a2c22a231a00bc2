"""What is true of the dataset as a whole: its name, what it is, its licence, whom to cite. Everything else in the metadata is generated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.releases.versions import Version

NAME = "chinese-llm-landscape"
TITLE = "Chinese LLM Landscape"
TITLE_ZH = "中国大模型产业全景"
CREATOR = "Chinese LLM Landscape contributors"
URL = "README.md"  # relative: a release may be served from anywhere
DESCRIPTION = (
    "Companies, people, models, prices, funding, metrics and events of the Chinese large-model industry, extracted from news articles. "
    "Every row is one claim made at one place in one article and leads back to the characters that say it; contradictions are kept and shown."
)
DESCRIPTION_ZH = (
    "从新闻报道中抽取的中国大模型产业数据：公司、人物、模型、价格、融资、指标与事件。"
    "每一行都是一篇文章在一处作出的一个论断，可追溯到原文的字句；相互矛盾的说法并列保留。"
)
KEYWORDS = ("large language models", "China", "AI industry", "news", "provenance", "大模型", "人工智能")

LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NOTE = "Data: CC BY 4.0. Quotes (at most 200 characters each) belong to their publishers and are cited with their source."
LICENCE_NOTE_ZH = "数据采用 CC BY 4.0 许可。引文（每条不超过 200 字）的权利归其发布者所有，均注明出处。"


@dataclass(frozen=True)
class Facts:
    """What the metadata of one release needs to know. `published` is in UTC. `hashes`: path in the release -> (bytes, sha256) of files on disk."""

    version: Version
    published: datetime
    rows: Mapping[str, int]
    previous: Version | None = None
    hashes: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    title: str = TITLE
    title_zh: str = TITLE_ZH
    description: str = DESCRIPTION
    description_zh: str = DESCRIPTION_ZH
    licence_note: str = LICENCE_NOTE

    @property
    def day(self) -> str:
        """The day of publication, ISO 8601."""
        return self.published.strftime("%Y-%m-%d")

    @property
    def moment(self) -> str:
        """The moment of publication, ISO 8601 in UTC."""
        return self.published.strftime("%Y-%m-%dT%H:%M:%SZ")
