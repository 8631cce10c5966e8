"""The crawlers by whose names sites reserve their pages against AI, by what they come for.

A site that closes its doors to a crawler that collects for training says no to AI, whoever
comes; so all of those are asked for, not only the name of the crawler that fetched the page.
Names of crawlers that only build a search index, or fetch one page for one user, are lists of
their own: who shuts these out has not said no to training, and a policy that hears it so names
the kind in `opt_outs.agent_kinds`. Where sources differ, a name counts as training.

Source: the documentation of the operators, as collected by the list ai.robots.txt (MIT; its
robots.json as stored on 2026-11-25), held against a table by operator of 2026-10-28
(smart-local/ai-crawler-user-agents) and against the operators' pages that these name: OpenAI,
developers.openai.com/docs/bots; Anthropic, support.claude.com, article 8896518; Google,
developers.google.com/search/docs/crawling-indexing; Meta, developers.facebook.com/docs/sharing;
Apple, support.apple.com/119829; Common Crawl, commoncrawl.org/ccbot; Perplexity,
docs.perplexity.ai/guides/bots; Ai2, allenai.org/crawler; ROIS, ds.rois.ac.jp; SB Intuitions,
sbintuitions.co.jp/en/bot. Left out: names that only the list calls AI, and GoogleOther, which
Google documents as internal research (`opt_outs.agents` adds it).
"""

from typing import Literal, get_args

#: Day on which the sources were read.
AS_OF = "2026-11-25"
Kind = Literal["training", "search", "user"]

#: Product tokens as robots.txt has them; upper and lower case are the same.
TRAINING: tuple[str, ...] = (
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Brightbot",
    "Bytespider", "CCBot", "ChatGLM-Spider", "Claude-Web", "ClaudeBot", "CloudVertexBot",
    "cohere-ai", "cohere-training-data-crawler", "Cotoyogi", "DeepSeekBot", "Diffbot",
    "FacebookBot", "Factset_spyderbot", "FriendlyCrawler", "Google-CloudVertexBot",
    "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot", "img2dataset", "Kangaroo Bot",
    "LAION-HuggingFace-Processor", "LAIONDownloader", "Linguee Bot", "meta-externalagent",
    "omgili", "omgilibot", "PanguBot", "PetalBot", "SBIntuitionsBot", "Sidetrade indexer bot",
    "TikTokSpider", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended", "YandexAdditional",
    "YandexAdditionalBot", "YouBot",
)  # fmt: skip
#: They build an index from which answers are made.
SEARCH: tuple[str, ...] = (
    "Amzn-SearchBot", "Andibot", "Applebot", "AzureAI-SearchBot", "Bravebot", "Claude-SearchBot",
    "ExaBot", "LinkupBot", "meta-webindexer", "OAI-SearchBot", "PerplexityBot", "TavilyBot",
)  # fmt: skip
#: They fetch a page because one person asked for it.
USER: tuple[str, ...] = (
    "Amzn-User", "ChatGPT Agent", "ChatGPT-User", "Claude-User", "DuckAssistBot",
    "Gemini-Deep-Research", "Google-Agent", "Google-NotebookLM", "GoogleAgent-URLContext",
    "kagi-fetcher", "Kimi-User", "Manus-User", "meta-externalfetcher", "MistralAI-User",
    "Perplexity-User", "Shap-User",
)  # fmt: skip
BY_KIND: dict[Kind, tuple[str, ...]] = {"training": TRAINING, "search": SEARCH, "user": USER}
#: Kinds that a policy can name.
KINDS: tuple[Kind, ...] = get_args(Kind)


def agents_of(kinds: tuple[Kind, ...] | list[Kind]) -> tuple[str, ...]:
    """The names of some kinds, each once, in the order of the lists.

    >>> "GPTBot" in agents_of(["training"]), "GPTBot" in agents_of(["user"])
    (True, False)
    """
    return tuple(name for kind in KINDS if kind in kinds for name in BY_KIND[kind])
