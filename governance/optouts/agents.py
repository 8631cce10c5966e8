"""The crawlers by whose names sites reserve their pages against the training of AI.

A site that closes its doors to one of these says no to AI, whoever comes; so all of them are
asked for, not only the name of the crawler that fetched the page.

Source: the documentation of each operator and lists that site owners copy from, as of 2026-02;
names that fetch a page for one user or only for a search index are left out. A policy adds
names with `opt_outs.agents`.
"""

AS_OF = "2026-02"
#: Product tokens as robots.txt has them; upper and lower case are the same.
AGENTS: tuple[str, ...] = (
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider",
    "CCBot", "ChatGLM-Spider", "Claude-Web", "ClaudeBot", "CloudVertexBot", "cohere-ai",
    "cohere-training-data-crawler", "Cotoyogi", "Diffbot", "FacebookBot", "Google-CloudVertexBot",
    "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot", "img2dataset", "Kangaroo Bot",
    "LAION-HuggingFace-Processor", "meta-externalagent", "omgili", "omgilibot", "PanguBot",
    "PetalBot", "SBIntuitionsBot", "TikTokSpider", "Timpibot", "VelenPublicWebCrawler",
    "Webzio-Extended",
)  # fmt: skip
