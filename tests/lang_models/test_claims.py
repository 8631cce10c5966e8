import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.claims import claimed_tag


@pytest.mark.parametrize(
    ("claim", "tag"),
    [
        ("sw", "swh_Latn"),
        ("swa", "swh_Latn"),
        ("sw_KE", "swh_Latn"),
        ("swh_Latn", "swh_Latn"),
        ("pt-BR", "por_Latn"),
        ("pt_BR.UTF-8", "por_Latn"),
        ("zh-TW", "cmn_Hant"),
        ("zh", "cmn_Hans"),
        ("zh-Hant-HK", "cmn_Hant"),
        ("yue", "yue_Hant"),
        ("sr", "srp_Cyrl"),
        ("sr-Latn", "srp_Latn"),
        ("sr@latin", "srp_Latn"),
        ("be@latin", "bel_Latn"),
        ("uz@cyrillic", "uzn_Cyrl"),
        ("sd@devanagari", "snd_Deva"),
        ("ca@valencia", "cat_Latn"),
        ("ja", "jpn_Jpan"),
        ("ko", "kor_Hang"),
        ("am", "amh_Ethi"),
        ("bn", "ben_Beng"),
        ("bo", "bod_Tibt"),
        ("chr", "chr_Cher"),
        ("dv", "div_Thaa"),
        ("el", "ell_Grek"),
        ("gu", "guj_Gujr"),
        ("he", "heb_Hebr"),
        ("iw", "heb_Hebr"),
        ("hy", "hye_Armn"),
        ("ka", "kat_Geor"),
        ("km", "khm_Khmr"),
        ("kn", "kan_Knda"),
        ("lo", "lao_Laoo"),
        ("ml", "mal_Mlym"),
        ("my", "mya_Mymr"),
        ("or", "ory_Orya"),
        ("pa", "pan_Guru"),
        ("si", "sin_Sinh"),
        ("ta", "tam_Taml"),
        ("te", "tel_Telu"),
        ("th", "tha_Thai"),
        ("no", "nob_Latn"),
        ("ar", "arb_Arab"),
        ("fa", "pes_Arab"),
        ("ckb", "ckb_Arab"),
        ("kaa_Cyrl", "kaa_Cyrl"),
    ],
)
def test_a_claim_means_a_tag(claim, tag):
    assert claimed_tag(claim) == tag


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "",
        "-",
        "unknown",
        "zz",
        "Swahili",
        "x-private",
        "und",
        "mul",
        "und_Latn",
        "en us",
        "123",
    ],
)
def test_what_names_no_language_is_no_claim(claim):
    assert claimed_tag(claim) is None


@given(st.text(max_size=12))
def test_any_claim_is_a_tag_or_none(claim):
    tag = claimed_tag(claim)
    assert tag is None or (len(tag) == 8 and tag[3] == "_")
