"""What the people of a company ask and answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """A question that is answered, one that is closed, and one that nobody has answered yet."""

    title: str
    question: str
    first_reply: str
    second_reply: str
    thanks: str
    closed: str
    open: str
    short: str


CODE = """```sh
curl --fail-with-body -H "Authorization: Bearer $SMARTPLAYER_API_KEY" \\
  https://keys.example.com/v1/verify
```"""

TALKS = {
    "en": Talk(
        title="How does the import at night notice that its key is about to expire?",
        question="Our import runs **at night**, and nobody looks at its output. Is there a way to be warned?\n\n"
        "- by mail\n- by an answer that says so",
        first_reply="Ask once a day what the key may do, and compare `expires_at` with today:\n\n" + CODE,
        second_reply="The main page shows each key that expires within 30 days, too.",
        thanks="Thank you, this is what we do now.",
        closed="Which rights does a weather widget need?",
        open="Two keys for one program: in which order should they be exchanged?",
        short="What the title says.",
    ),
    "ru": Talk(
        title="Как ночному импорту узнать, что его ключ скоро истечёт?",
        question="Импорт работает **ночью**, и его вывод никто не читает. Можно ли получить предупреждение?\n\n"
        "- письмом\n- ответом, в котором об этом сказано",
        first_reply="Раз в день спрашивайте, что разрешено ключу, и сравнивайте `expires_at` с сегодняшним днём:\n\n"
        + CODE,
        second_reply="На главной странице тоже показаны все ключи, которые истекают в ближайшие 30 дней.",
        thanks="Спасибо, теперь так и делаем.",
        closed="Какие права нужны виджету погоды?",
        open="Два ключа для одной программы: в каком порядке их заменять?",
        short="Как в заголовке.",
    ),
}
