"""The accessible names of the reference flow, in both languages: the product's promise, so written out here again."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    language: str
    register: str
    log_in: str
    log_out: str
    name: str
    email: str
    password: str
    company: str
    settings: str
    for_developers: str
    open: str
    api_keys: str
    create_key: str
    delete_all: str
    columns: tuple[str, ...]
    select_all: str
    select: str
    delete: str
    delete_selected: str
    copied_box: str
    copy_key: str
    done: str
    never: str
    month: re.Pattern
    waiting: re.Pattern

    def row_box(self, key_name: str) -> str:
        return f"{self.select} {key_name}"

    def row_bin(self, key_name: str) -> str:
        return f"{self.delete} {key_name}"


ENGLISH = Words(
    language="en",
    register="Register",
    log_in="Log in",
    log_out="Log out",
    name="Name",
    email="E-mail",
    password="Password",
    company="Company",
    settings="Settings",
    for_developers="For Developers",
    open="Open",
    api_keys="API keys",
    create_key="Create key",
    delete_all="Delete all keys",
    columns=("Key name", "Key", "Creation date", "Expiration date", "Last used"),
    select_all="Select all",
    select="Select",
    delete="Delete",
    delete_selected="Delete selected keys",
    copied_box="I have copied the key",
    copy_key="Copy key",
    done="Done",
    never="never",
    month=re.compile(r"\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec) \d{4}"),
    waiting=re.compile("Waiting for the first request"),
)

RUSSIAN = Words(
    language="ru",
    register="Зарегистрироваться",
    log_in="Войти",
    log_out="Выйти",
    name="Имя",
    email="Эл. почта",
    password="Пароль",
    company="Компания",
    settings="Настройки",
    for_developers="Для разработчиков",
    open="Открыть",
    api_keys="API-ключи",
    create_key="Создать ключ",
    delete_all="Удалить все ключи",
    columns=("Название ключа", "Ключ", "Дата создания", "Дата окончания", "Последнее использование"),
    select_all="Выбрать все ключи",
    select="Выбрать",
    delete="Удалить",
    delete_selected="Удалить выбранные ключи",
    copied_box="Я скопировал(а) ключ",
    copy_key="Скопировать ключ",
    done="Готово",
    never="никогда",
    month=re.compile(r"\d{1,2} (янв|февр?|мар|апр|мая|июн|июл|авг|сент?|окт|нояб|дек)[а-я.]* \d{4}"),
    waiting=re.compile("Ждём первого запроса"),
)

ALL = {"en": ENGLISH, "ru": RUSSIAN}
