import json
import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from tests.web.site import FILES, LANGUAGES, PAGES, crawl, page_of

from tongmun.campaigns.models import Edition
from tongmun.counts.actions.count import count_all
from tongmun.missions.models import HeadOfMission, Mission, Premises

pytestmark = pytest.mark.django_db
DIRECTIONS = {"en": "ltr", "ko": "ltr", "ar": "rtl"}
LARGEST_PAGE = 60_000


@pytest.mark.parametrize("edition", ["coming", "2012"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_stands_in_its_language_and_leads_to_the_others(client, example, edition, language):
    for address in PAGES:
        response = client.get(f"/{language}/{edition}/{address}")

        assert response.status_code == 200, address
        page = page_of(response)
        [html] = page.all("html")
        assert (html["lang"], html["dir"]) == (language, DIRECTIONS[language])
        others = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link and "lang" in link}
        clean = address.split("?")[0]
        assert others == {code: f"/{code}/{edition}/{clean}" for code in LANGUAGES if code != language}, address
        assert len(page.all("h1")) == 1, address
        assert len(page.all("main")) == 1, address


@pytest.mark.parametrize("edition", ["coming", "2012"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_its_type(client, example, edition, language):
    for address, kind in FILES.items():
        response = client.get(f"/{language}/{edition}/{address}")

        assert (response.status_code, response.headers["Content-Type"]) == (200, kind), address


@pytest.mark.parametrize(("asked", "status"), [("en", 200), ("ko", 200), ("ar", 404), ("xx", 404), ("", 404)])
def test_copy_is_given_in_the_language_asked_for_or_not_at_all(client, example, asked, status):
    answer = client.get("/en/coming/missions/prc-seoul/letter.pdf", {"language": asked})

    assert answer.status_code == status
    if status == 200:
        assert f"-{asked}.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_campaigns_are_listed_the_coming_one_first(client, example, language):
    content = client.get(f"/{language}/").content.decode()

    assert 0 < content.index(f"/{language}/coming/") < content.index(f"/{language}/2012/")


@pytest.mark.parametrize(
    ("wanted", "given"), [("ko-KR,ko;q=0.9,en;q=0.5", "/ko/"), ("ar", "/ar/"), ("fr,en;q=0.1", "/en/")]
)
def test_first_page_sends_readers_to_their_language(client, db, wanted, given):
    response = client.get("/", headers={"Accept-Language": wanted})

    assert (response.status_code, response.headers["Location"]) == (302, given)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("wanted", [None, "*", "fr", "tlh"])
def test_first_page_lets_other_readers_choose(client, db, wanted):
    response = client.get("/", headers={"Accept-Language": wanted} if wanted else {})

    links = {link["lang"]: link["href"] for link in page_of(response).all("a") if "hreflang" in link}
    assert response.status_code == 200
    assert links == {code: f"/{code}/" for code in LANGUAGES}


@pytest.mark.parametrize(
    "address",
    [
        "/{}/nothing/",
        "/{}/nothing/letter/",
        "/{}/coming/cities/nowhere/",
        "/{}/coming/events/nothing/",
        "/{}/coming/events/nothing.ics",
        "/{}/coming/missions/nothing/letter.pdf",
        "/{}/2012/missions/prc-tokyo/letter.pdf",
        "/{}/2012/cities/tokyo/",
        "/{}/2012/events/tokyo-one-person/",
        "/{}/coming/nothing/",
        "/{}/COMING/",
    ],
)
@pytest.mark.parametrize(("language", "words"), [("en", "does not exist"), ("ko", None), ("ar", None)])
def test_unknown_page_is_a_404_in_the_language_of_its_address(client, example, address, language, words):
    response = client.get(address.format(language))

    [html] = page_of(response).all("html")
    assert response.status_code == 404
    assert (html["lang"], html["dir"]) == (language, DIRECTIONS[language])
    assert words is None or words in response.content.decode()
    others = {link["lang"]: link["href"] for link in page_of(response).all("a") if "hreflang" in link}
    assert others == {code: f"/{code}/" for code in LANGUAGES if code != language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_language_is_a_404_in_the_language_of_the_reader(client, example, language):
    response = client.get("/xx/coming/letter/nothing", headers={"Accept-Language": language})

    [html] = page_of(response).all("html")
    assert response.status_code == 404
    assert html["lang"] == language


def test_draft_is_nowhere_to_be_seen(client, example):
    Edition.objects.filter(slug="coming").update(state="draft")

    for address in (*PAGES, *FILES):
        assert client.get(f"/en/coming/{address}").status_code == 404, address
    assert client.post("/en/coming/sign/", {"way": "counted", "email": "min@example.org"}).status_code == 404
    for address, response in crawl(client, "/en/").items():
        assert "/coming/" not in address
        assert response.status_code == 200, address
        assert b"/coming/" not in response.content, address


def test_edition_without_the_language_is_a_404_in_it(client, example):
    Edition.objects.filter(slug="coming").update(languages=["en", "ko"])

    assert client.get("/ar/coming/").status_code == 404
    assert client.get("/ko/coming/").status_code == 200
    assert b"/ar/coming/" not in client.get("/en/coming/").content


def html_pages(crawled):
    return {
        url: page_of(answer)
        for url, answer in crawled.items()
        if answer.headers["Content-Type"].startswith("text/html")
    }


def test_crawl_reaches_every_page_in_every_language(crawled):
    for language in LANGUAGES:
        for edition in ("coming", "2012"):
            for address in PAGES:
                # The log of an edition in which nobody signed here stands beside no number; one that is over takes no
                # sign-ons.
                unlinked = {("2012", "log/"), ("2012", "organisations/sign-on/")}
                is_linked = not address.startswith(("sign/", "cities/?")) and (edition, address) not in unlinked
                assert (f"/{language}/{edition}/{address}" in crawled) or not is_linked
    assert len(html_pages(crawled)) > 3 * (41 + 21 + 10)


def test_pages_run_nothing_style_nothing_and_fetch_nothing_from_elsewhere(crawled):
    for url, page in html_pages(crawled).items():
        assert {script["type"] for script in page.all("script")} <= {"application/ld+json"}, url
        assert not page.all("style"), url
        for tag, attributes in page.elements:
            assert "style" not in attributes, (url, tag)
            assert not {name for name in attributes if name.startswith("on")}, (url, tag)
            for name in ("src", "action", "formaction", "data", "poster", "srcset"):
                assert not urlsplit(attributes.get(name, "")).netloc, (url, tag)
            if tag != "a":
                assert not urlsplit(attributes.get("href", "")).netloc, (url, tag)


def test_machine_readable_events_name_no_foreign_host(crawled):
    scripts = [(url, script) for url, page in html_pages(crawled).items() for script in page.scripts]

    assert len(scripts) == 3 * (21 + 2)
    for url, script in scripts:
        hosts = {urlsplit(found).netloc for found in re.findall(r"https?://[^\"\s]+", script)}
        assert hosts <= {"schema.org", "testserver"}, url
        assert json.loads(script)["@type"] == "Event"


def test_every_link_leads_to_a_page(crawled):
    assert {url: answer.status_code for url, answer in crawled.items() if answer.status_code != 200} == {}


def test_pages_stay_small(crawled):
    for url in html_pages(crawled):
        assert len(crawled[url].content) < LARGEST_PAGE, url


def test_every_answer_carries_the_policy_and_the_headers(client, example):
    addresses = ["/", "/live", "/ready", "/en/", "/en/nothing/", "/confirm/x/", "/mine/x/"]
    addresses += [f"/en/coming/{address}" for address in (*PAGES, *FILES)]

    for address in addresses:
        headers = client.get(address).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", address
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'", address
        assert set(policy.values()) <= {"'none'", "'self'"} | {policy["form-action"]}, address
        assert "script-src" not in policy
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
        assert "Server" not in headers


def test_no_public_page_sets_a_cookie(client, example):
    for address in (*PAGES, *FILES):
        assert not client.get(f"/en/coming/{address}").cookies, address


@pytest.mark.parametrize(
    "address", ["", "letter/", "cities/", "cities/seoul/", "calendar.ics", "news.atom", "letter.pdf"]
)
def test_unchanged_page_is_not_sent_again(client, example, address):
    first = client.get(f"/en/coming/{address}")

    again = client.get(f"/en/coming/{address}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ["/en/coming/sign/", "/confirm/x/", "/mine/x/"])
def test_pages_about_one_person_are_kept_by_no_cache(client, example, address):
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["", "letter/", "cities/", "letter.pdf", "calendar.ics", "sign/sent/"])
def test_reading_pages_refuse_posts(client, example, address):
    assert client.post(f"/en/coming/{address}").status_code == 405


def test_markup_in_texts_of_an_edition_stays_text(client, example):
    bad = "<script>alert(1)</script>\"'&"
    edition = Edition.objects.get(slug="coming")
    edition.calls.filter(language="en").update(title=bad, what=bad, body=bad)
    edition.posts.filter(language="en").update(title=bad, body=bad)
    event = edition.events.get(slug="seoul-demonstration")
    event.titles, event.note = {"en": bad}, {"en": bad}
    event.save()
    place = edition.cities.get(city__slug="seoul")
    place.note = {"en": bad}
    place.save()

    for address in ("", "news/", "cities/seoul/", "events/seoul-demonstration/", "cities/?q=<script>alert(1)</script>"):
        content = client.get(f"/en/coming/{address}").content.decode()
        assert "<script>alert" not in content, address
        assert "alert(1)" in content, address


def test_each_fact_about_a_mission_has_its_own_source_and_day(client, example):
    mission = Mission.objects.get(slug="prc-seoul")
    Mission.objects.filter(pk=mission.pk).update(source="Register of missions", checked_on=date(2027, 1, 1))
    Premises.objects.filter(mission=mission).update(source="Gate plate", checked_on=date(2027, 2, 2))
    HeadOfMission.objects.filter(mission=mission).update(
        source="Credentials list", checked_on=None, valid_from=None, valid_to=None
    )

    content = client.get("/en/coming/cities/seoul/").content.decode()

    words = " ".join(re.sub(r"<[^>]+>", " ", content).split())
    assert "Embassy of the People&#x27;s Republic of China Checked on Friday, 1 January 2027." in words
    assert words.index("Register of missions") < words.index("27, Myeongdong 2-gil")
    assert re.search(r"Republic of Korea Checked on Tuesday, 2 February 2027. Source: Gate plate", words)
    assert re.search(r"Headed by [^.]+\. Not checked yet\. Source: Credentials list", words)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "street is not known yet"), ("ko", "거리 주소를 아직"), ("ar", "الشارع غير معروف")]
)
def test_city_page_warns_beside_a_letter_without_a_street(client, example, language, words):
    before = client.get(f"/{language}/coming/cities/seoul/").content.decode()
    Premises.objects.filter(mission__slug="prc-seoul").delete()
    after = client.get(f"/{language}/coming/cities/seoul/").content.decode()

    assert words not in before
    assert 0 < after.index(words) < after.index("letter.pdf")


@pytest.mark.parametrize("address", ["events/ottawa-vigil/", "cities/ottawa/"])
def test_cancelled_event_is_struck_and_the_word_is_not(client, example, address):
    content = client.get(f"/en/coming/{address}").content.decode()

    assert re.search(r"<s>[^<]+</s>", content)
    assert re.search(r'<time[^>]*class="struck"|class="facts-when struck"', content)
    assert not re.search(r'<s>\s*cancelled|class="[^"]*struck[^"]*">\s*cancelled', content)
    assert '<span class="state state-cancelled">cancelled</span>' in content


def test_nobody_is_invited_to_a_cancelled_event(client, example):
    cancelled, planned = (
        client.get(f"/en/coming/events/{slug}/").content.decode() for slug in ("ottawa-vigil", "seoul-demonstration")
    )

    assert "You need not tell anybody that you come." not in cancelled
    assert "You need not tell anybody that you come." in planned
    assert "Put it into your calendar" not in cancelled
    assert "Mark it as cancelled in your calendar" in cancelled
    assert "<s>" not in planned


def test_past_edition_says_that_it_is_past_and_invites_nobody_to_sign(client, example):
    past, coming = (client.get(f"/en/{edition}/") for edition in ("2012", "coming"))
    count_all(at=datetime(2027, 5, 3, tzinfo=UTC))
    counted = [client.get(f"/en/2012/{address}").content.decode() for address in ("", "signatures/")]

    assert b"This day is past" in past.content
    assert b"This day is past" not in coming.content
    assert "/en/2012/sign/" not in {link["href"] for link in page_of(past).all("a")}
    assert "/en/coming/sign/" in {link["href"] for link in page_of(coming).all("a")}
    assert not [content for content in counted if "signatures are counted" in content]
    assert "No signature was collected here" in counted[1]
    assert "signatures are counted" in client.get("/en/coming/").content.decode()


@pytest.mark.parametrize("address", ["", "coming/sign/sent/"])
def test_first_page_and_sent_page_say_when_they_were_last_changed(client, example, address):
    assert "Last changed: Friday, 20 November 2026" in client.get(f"/en/{address}").content.decode()


def test_list_of_cities_tells_what_has_become_of_the_plan(client, example):
    content = client.get("/en/coming/cities/").content.decode()

    rows = content[content.index('class="city-list"') :].split("<li>")
    states = {
        re.search(r"cities/([^/]+)/", row)[1]: re.search(r'class="state [^>]*>([^<]+)<', row)[1] for row in rows[1:]
    }
    assert (states["ottawa"], states["seoul"], states["suva"]) == ("Cancelled", "Confirmed", "Planned")


@pytest.mark.parametrize(("language", "figure"), [("en", "over 34,500"), ("ko", "34,500"), ("ar", "34,500")])
def test_figure_of_a_claim_is_grouped_as_the_language_does(client, example, language, figure):
    content = client.get(f"/{language}/coming/letter/").content.decode()

    assert figure in content
    assert "34500" not in content


def test_live_and_ready_answer(client, db):
    assert client.get("/live").content == b"live\n"
    assert client.get("/ready").content == b"ready\n"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Seoul", "seoul"),
        ("서울", "seoul"),
        ("سيول", "seoul"),
        ("reykjavik", "reykjavik"),
        ("st johns", "st-johns"),
        ("UK", "london"),
        ("Sao Paulo", "brasilia"),
        ("35.18, 129.08", "seoul"),
    ],
)
def test_search_finds_a_city_by_any_of_its_names_or_what_is_near(client, example, words, first):
    content = client.get("/en/coming/cities/", {"q": words}).content.decode()

    listed = content[content.index('class="city-list"') :]
    assert re.findall(r'href="/en/coming/cities/([^/"]+)/"', listed)[0] == first


def test_search_for_a_country_without_a_city_says_so(client, example):
    content = client.get("/ko/coming/cities/", {"q": "중국"}).content.decode()

    assert "상하이" not in content
    assert "중국:" in content
    assert content.count('class="city-name"') == 3


def test_search_that_finds_nothing_says_what_to_try(client, example):
    response = client.get("/en/coming/cities/", {"q": "Nowhere in particular"})

    assert response.status_code == 200
    assert "We do not know a place called “Nowhere in particular”" in response.content.decode()
    assert 'value="Nowhere in particular"' in response.content.decode()


def test_invented_host_is_marked_for_machines_too(client, example):
    page = page_of(client.get("/en/coming/events/seoul-demonstration/"))
    data = json.loads(page.scripts[0])

    assert data["organizer"]["name"].endswith(" (Sample)")
