"""The journey in headless Chromium with JavaScript off, and what a browser asks for on the way."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from words import LANGUAGES, NEAREST, SEOUL

# A form that comes back sooner was not filled in by a person.
MILLISECONDS_TO_READ = 3_200
SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = (
    "",
    "coming/",
    "coming/letter/",
    "coming/letter/versions/en/1/",
    "coming/cities/",
    "coming/cities/seoul/",
    "coming/events/seoul-demonstration/",
    "coming/sign/",
    "coming/sign/sent/",
    "coming/signatures/",
    "coming/log/",
    "coming/organisations/",
    "coming/organisations/sign-on/",
    "coming/news/",
    "2012/",
    "nowhere/",
)

DESK = (
    "",
    "coming/",
    "coming/call/en/",
    "coming/letter/",
    "coming/letter/ko/",
    "coming/claims/",
    "coming/claims/arrivals/",
    "coming/names/",
    "coming/papers/",
    "coming/papers/vouched/",
    "coming/sign-ons/",
    "coming/sign-ons/deadline/",
    "mail/",
    "journal/",
    "sign-in/",
    "open/used-up/",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_journey_needs_no_javascript_and_asks_nobody_else(server, browser, language, width):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}, locale=language, accept_downloads=True
    )
    hosts = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page = context.new_page()
    address = f"browser-{language}-{width}@example.org"

    page.goto(server.url)
    page.locator(f'a[href="/{language}/coming/"]').first.click()
    page.locator('main a[href$="/coming/cities/"]').first.click()
    page.locator("input[type=search]").fill(NEAREST[language])
    page.locator("form[role=search] button").click()
    page.get_by_role("link", name=SEOUL[language], exact=True).last.click()
    assert page.locator("h1").inner_text() == SEOUL[language]
    page.goto(f"{server.url}/{language}/coming/sign/")
    page.wait_for_timeout(MILLISECONDS_TO_READ)
    page.locator("input[name=name]").fill("Suzie <b>")
    page.locator("input[name=email]").fill("a@localhost")
    page.locator("main form button").click()
    assert page.locator("input[name=email]").get_attribute("aria-invalid") == "true"
    assert page.locator("input[name=email]").input_value() == "a@localhost"
    page.locator("input[name=email]").fill(address)
    page.locator("main form button").click()
    assert page.url.endswith("/sign/sent/")
    page.goto(server.url + re.search(r"/confirm/[\w-]+/", server.mail_to(address, number=1))[0])
    page.locator("main form button").click()
    assert page.url.endswith("/sign/counted/")
    page.goto(server.url + re.search(r"/mine/[\w-]+/", server.mail_to(address, number=2))[0])
    page.locator("button[value=withdraw]").click()
    assert page.url.endswith("/sign/withdrawn/")
    context.close()

    assert hosts == {urlsplit(server.url).netloc}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_the_window_and_are_kept_to_be_looked_at(server, browser, language, width):
    SCREENSHOTS.mkdir(exist_ok=True)
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()

    too_wide = []
    for path in PAGES:
        page.goto(f"{server.url}/{language}/{path}")
        name = path.strip("/").replace("/", "-") or "first"
        picture = page.screenshot(path=SCREENSHOTS / f"{name}-{language}-{width}.png", full_page=True)
        # The width of a PNG stands in bytes 16 to 20 (PNG specification, 11.2.2).
        if int.from_bytes(picture[16:20]) > width:
            too_wide.append(path)
    context.close()

    assert too_wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(server, browser, language):
    # axe is a script, so here alone JavaScript runs and the policy that forbids it is set aside.
    context = browser.new_context(bypass_csp=True, viewport={"width": 360, "height": 900})
    page = context.new_page()

    found = {}
    for path in PAGES:
        page.goto(f"{server.url}/{language}/{path}")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in violations]
    context.close()

    assert found == {}


def test_desk_opens_once_and_axe_finds_nothing_on_its_pages(server, browser):
    context = browser.new_context(bypass_csp=True, viewport={"width": 360, "height": 900})
    page = context.new_page()
    link = server.desk_link()

    page.goto(link)
    page.locator("input[name=email]").fill("carla@example.org")
    page.locator("input[name=password]").fill("a ring of many names")
    page.locator("main form button").last.click()
    assert page.url == f"{server.url}/desk/"
    found = {}
    for language in LANGUAGES:
        context.set_extra_http_headers({"Accept-Language": language})
        for path in DESK:
            page.goto(f"{server.url}/desk/{path}")
            assert page.locator("html").get_attribute("lang") == language
            violations = Axe().run(page).response["violations"]
            if violations:
                found[language, path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in violations]
    context.close()

    assert found == {}
