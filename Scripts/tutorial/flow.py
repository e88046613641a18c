"""What the film shows and says, step by step: from logging in to the first request with a new key."""

import re
from datetime import date, timedelta

import httpx
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, expect

from support import words
from support.client import PASSWORD, Browser, verify
from support.secure import SecureServer
from tutorial.recording import PAGE_HEIGHT, PAGE_WIDTH, Recording
from tutorial.stage import Stage

LANGUAGES = ("en", "ru")

# What is said, in the order of LANGUAGES.
SAID = {
    "log-in": (
        "Log in, or register if you have no account yet.",
        "Войдите или зарегистрируйтесь, если учётной записи ещё нет.",
    ),
    "settings": (
        "On the main page, scroll down to Settings.",
        "На главной странице прокрутите вниз до настроек.",
    ),
    "developers": (
        "Expand For Developers and press Open.",
        "Раскройте строку «Для разработчиков» и нажмите «Открыть».",
    ),
    "keys": (
        "These are your API keys. Press Create key.",
        "Это ваши API-ключи. Нажмите «Создать ключ».",
    ),
    "name": (
        "Name the key after what it is for.",
        "Назовите ключ по его делу.",
    ),
    "day": (
        "Choose the last day on which it shall work: within a year.",
        "Выберите последний день, когда он должен работать: в пределах года.",
    ),
    "rights": (
        "Give it only the rights that it needs.",
        "Дайте ему только те права, которые нужны.",
    ),
    "copy": (
        "The key is shown only this once: copy it now.",
        "Ключ показывается только один раз: скопируйте его сразу.",
    ),
    "box": (
        "Check that you have copied it. Until then the key does not work.",
        "Отметьте, что скопировали его: без этого ключ не заработает.",
    ),
    "use": (
        "Now make a request with it, for example by this command.",
        "Теперь сделайте запрос с этим ключом, например такой командой.",
    ),
    "green": (
        "The first request has come: the key works.",
        "Первый запрос пришёл: ключ работает.",
    ),
    "done": (
        "Press Done. The list shows when each key was last used.",
        "Нажмите «Готово». В списке видно, когда ключом пользовались.",
    ),
    "delete": (
        "Delete a key here when you no longer need it: it stops working everywhere at once.",
        "Здесь удаляют ключ, который больше не нужен: он сразу перестаёт работать везде.",
    ),
}

PEOPLE = {
    "en": {"name": "Irina Petrova", "company": "Acme Signage", "email": "irina@example.com"},
    "ru": {"name": "Ирина Петрова", "company": "Северное сияние", "email": "irina@example.com"},
}
# The keys that there are already: for what, for how many days, with which rights.
KEYS = {
    "en": [("Lobby screens", 90, ["devices:read"]), ("Weekly reports", 180, ["reports:read"])],
    "ru": [("Экраны в холле", 90, ["devices:read"]), ("Отчёты за неделю", 180, ["reports:read"])],
}
NEW_KEY = {"en": "Nightly import", "ru": "Ночной импорт"}
LOCALE = {"en": "en-GB", "ru": "ru-RU"}
# Whence the new key's first request comes: an address for documentation (RFC 5737).
CALLER = {"X-Forwarded-For": "203.0.113.24"}


def record(chromium: Chromium, server: SecureServer, language: str) -> Recording:
    with Browser(server) as irina:
        irina.register(language=language, time_zone="Europe/Moscow", **PEOPLE[language])
        for name, days, permissions in KEYS[language]:
            last = (date.today() + timedelta(days=days)).isoformat()
            key = irina.create_key(name, expires_on=last, permissions=permissions)["key"]
            verify(server, key, verify=server.trust)
    context = chromium.new_context(
        locale=LOCALE[language], timezone_id="Europe/Moscow", color_scheme="light", device_scale_factor=1.5,
        viewport={"width": PAGE_WIDTH, "height": PAGE_HEIGHT}, service_workers="block", ignore_https_errors=True,
    )  # fmt: skip
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server.url + "/login")
    page.evaluate("document.fonts.ready")
    tour = Tour(Stage(page, SAID, language), server, language)
    recording = tour.record()
    context.close()
    return recording


class Tour:
    """The steps, each with what is said meanwhile and where the camera looks."""

    def __init__(self, stage: Stage, server: SecureServer, language: str):
        self.stage, self.page, self.server, self.language = stage, stage.page, server, language
        self.words = words.ALL[language]

    def record(self) -> Recording:
        self.stage.begin()
        self.log_in()
        self.find_the_keys()
        self.fill_in()
        self.copy()
        self.use()
        self.delete()
        self.stage.pause(2.5)
        return self.stage.end()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def window(self) -> Locator:
        return self.page.get_by_role("dialog")

    def log_in(self) -> None:
        stage, words, page = self.stage, self.words, self.page
        stage.say("log-in")
        stage.pause(1.2)
        email = page.get_by_label(words.email, exact=True)
        stage.look(page.locator("main"), 1.35)
        stage.click(email, 0.3)
        stage.type(PEOPLE[self.language]["email"])
        stage.click(page.get_by_label(words.password, exact=True), 0.3)
        stage.type(PASSWORD[:14])
        page.get_by_label(words.password, exact=True).fill(PASSWORD)
        stage.click(self.button(words.log_in))
        expect(page).to_have_url(re.compile("/$"))
        stage.look()

    def find_the_keys(self) -> None:
        stage, words, page = self.stage, self.words, self.page
        stage.say("settings")
        stage.pause(1.4)
        settings = page.get_by_role("main").get_by_role("heading", name=words.settings, exact=True)
        stage.scroll(settings, 24, 1.8)
        category = page.locator("summary").filter(has_text=words.for_developers)
        stage.say("developers")
        stage.move(category, 0.2)
        if category.bounding_box()["y"] > PAGE_HEIGHT * 0.6:
            stage.scroll(category, PAGE_HEIGHT * 0.35, 0.9)
        stage.click(category, 0.2)
        opened = page.locator("details[open]")
        expect(opened.get_by_text(words.open, exact=True)).to_be_visible()
        stage.pause(0.3)
        stage.look(opened, 1.3)
        stage.pause(0.9)
        stage.click(opened.get_by_text(words.open, exact=True))
        expect(page).to_have_url(re.compile("/settings/keys$"))
        stage.look()
        stage.say("keys")
        stage.pause(1.2)
        stage.click(self.button(words.create_key).first)
        expect(self.window).to_be_visible()

    def fill_in(self) -> None:
        stage, window = self.stage, self.window
        name = window.get_by_label(self.words.columns[0], exact=True)
        stage.look(name, 1.3)
        stage.say("name")
        stage.click(name, 0.4)
        stage.type(NEW_KEY[self.language])
        stage.say("day")
        stage.pause(0.4)
        stage.click(window.locator(".day-field button"))
        stage.pause(0.7)
        self.choose_day()
        stage.pause(0.8)
        stage.say("rights")
        some = window.locator("input[name=rights][value=some]")
        stage.click(some)
        stage.pause(0.5)
        preset = window.locator("[data-preset=read]")
        stage.click(preset)
        stage.pause(1.2)
        stage.click(window.get_by_role("button", name=self.words.create_key, exact=True))

    def choose_day(self) -> None:
        """The last day of a month some months before the latest."""
        calendar = self.page.locator("dialog.calendar[open]")
        self.stage.bring(calendar, down=0.85)
        for _ in range(3):
            self.stage.click(calendar.locator("button.previous"))
            self.stage.pause(0.25)
        self.stage.click(calendar.locator("tbody [data-day]").last)

    def copy(self) -> None:
        stage, words = self.stage, self.words
        box = self.page.get_by_role("checkbox", name=words.copied_box, exact=True)
        expect(box).to_be_visible()
        self.key = self.page.locator("[data-key]:visible").input_value()
        stage.look(self.page.locator("[data-key]:visible"), 1.3)
        stage.say("copy")
        stage.pause(1.5)
        stage.click(self.button(words.copy_key))
        stage.recording.still = stage.now() + 0.6
        stage.pause(1.2)
        stage.say("box")
        stage.click(box)
        expect(self.button(words.done)).to_be_enabled()

    def use(self) -> None:
        stage, window = self.stage, self.window
        stage.say("use")
        stage.pause(0.6)
        stage.click(window.locator("[data-copies='#snippet-curl']"))
        waiting = window.locator("[data-waiting]")
        stage.bring(waiting)
        stage.pause(1.8)
        headers = {"Authorization": f"Bearer {self.key}"} | CALLER
        answer = httpx.get(self.server.url + "/v1/verify", headers=headers, verify=self.server.trust)
        assert answer.status_code == 200, answer.text
        expect(window.locator("[data-waiting=done]")).to_be_visible()
        stage.say("green")
        stage.move(waiting, 0.9)
        stage.pause(1.2)
        stage.say("done")
        stage.click(self.button(self.words.done))
        expect(self.window).to_be_hidden()
        stage.look()
        row = self.page.locator("tbody").get_by_role("row").filter(has_text=NEW_KEY[self.language])
        stage.move(row.locator("td").last, 0.2)

    def delete(self) -> None:
        """A key that was there before."""
        stage, name = self.stage, KEYS[self.language][0][0]
        stage.pause(1.6)
        stage.say("delete")
        row = self.page.locator("tbody").get_by_role("row").filter(has_text=name)
        stage.click(row.get_by_role("button", name=self.words.row_bin(name), exact=True))
        expect(self.window).to_be_visible()
        stage.pause(1.4)
        stage.click(self.window.get_by_role("button", name=re.compile(self.words.delete)))
        expect(row).to_have_count(0)
