"""Zones: who wrote what, and what part of a letter it is."""

import pytest

from replylint.mail.message import Address, Message
from replylint.mail.zones import names_of, own_text, quoted_original, zones


def parts(body: str, original: Message | None = None, **fields: object) -> list[tuple[str, str]]:
    message = Message(body, **fields)  # type: ignore[arg-type]
    return [(b.kind, body[b.span.start : b.span.end].strip()) for b in zones(message, original)]


def kinds(body: str) -> str:
    return " ".join(kind for kind, _ in parts(body))


@pytest.mark.parametrize(
    ("body", "greeting"),
    [
        ("Dear Mrs Hollis,\n\nText.", "Dear Mrs Hollis,"),
        ("Dear Jean, dear Mick,\n\nText.", "Dear Jean, dear Mick,"),
        ("Hello Wendy, thank you for the photo.", "Hello Wendy,"),
        ("Hi there. System's down.", "Hi there."),
        ("hi jodie, can you come?", "hi jodie,"),
        ("hi can i come on monday", "hi"),
        ("To whom it may concern\n\nText.", "To whom it may concern"),
        ("Dear {{first_name}},\n\nText.", "Dear {{first_name}},"),
        ("Здравствуйте! Подскажите цену.", "Здравствуйте!"),
        ("Здравствуйте, Сергей!\nТекст.", "Здравствуйте, Сергей!"),
        ("Олег Викторович, добрый день.\n\nТекст.", "Олег Викторович, добрый день."),
        ("Уважаемая г-жа Егорова!\n\nТекст.", "Уважаемая г-жа Егорова!"),
        ("Добрый! Нужна вычитка.", "Добрый!"),
        ("Дашуль, Илюх, приветик!\n\nТекст.", "Дашуль, Илюх, приветик!"),
        ("Пані Людмило, добрий вечір! Дякую за лист.", "Пані Людмило, добрий вечір!"),
        ("Добрий день, пане Андрію!\n\nТекст.", "Добрий день, пане Андрію!"),
        ("Романе,\n\nось ціни.", "Романе,"),
        ("Шановні пані та панове!\n\nТекст.", "Шановні пані та панове!"),
        ("Tere, Rein!\n\nTekst.", "Tere, Rein!"),
        ("tere kas need saapad on olemas", "tere"),
        ("Lugupeetud vallavalitsus\n\nTekst.", "Lugupeetud vallavalitsus"),
        ("Hei, Taavi ja kontorirahvas!\n\nTekst.", "Hei, Taavi ja kontorirahvas!"),
    ],
)
def test_greetings(body: str, greeting: str) -> None:
    assert parts(body)[0] == ("greeting", greeting)


@pytest.mark.parametrize(
    "body",
    [
        "Thank you for your letter!\n\nText.",
        "Dear me, that was quick.",
        "Hea meel kuulda, et kõik laabus.",
        "Head uudised: kaup on kohal.",
        "Добрые вести: заказ пришёл.",
        "Евгений, 8 марта у всех праздник.",
        "Morning deliveries start at six.",
        "Yes.\n\nOn Friday.",
    ],
)
def test_no_greeting(body: str) -> None:
    assert "greeting" not in kinds(body)


@pytest.mark.parametrize(
    ("end", "closing", "signature"),
    [
        ("Kind regards,\nOwen Pike", "Kind regards,", "Owen Pike"),
        ("Thanks\nGraham Ault", "Thanks", "Graham Ault"),
        ("Many thanks, and good luck with the exam,\nSophie", "Many thanks, and good luck with the exam,", "Sophie"),
        ("Thank you for bearing with us,\nKeith Marlow", "Thank you for bearing with us,", "Keith Marlow"),
        ("Love from a very rainy Cardiff\nGareth", "Love from a very rainy Cardiff", "Gareth"),
        ("See you then,\nAnjali Rowe", "See you then,", "Anjali Rowe"),
        ("Yours faithfully,\nA. M. Verhoeven", "Yours faithfully,", "A. M. Verhoeven"),
        ("Best, Renata\nThe Saltmarsh Inn", "Best,", "Renata\nThe Saltmarsh Inn"),
        ("All the best,\n{{agent_name}}", "All the best,", "{{agent_name}}"),
        ("С уважением,\nслужба поддержки", "С уважением,", "служба поддержки"),
        ("Обнимаю, Света", "Обнимаю,", "Света"),
        ("Хорошего дня!\nАнна Лисина, регистратура", "Хорошего дня!", "Анна Лисина, регистратура"),
        ("Гарних продажів!\nСоломія", "Гарних продажів!", "Соломія"),
        ("З повагою,\nАндрій Стецько\nТОВ «Вагонсервіс»", "З повагою,", "Андрій Стецько\nТОВ «Вагонсервіс»"),
        ("Tervitades Siim Org", "Tervitades", "Siim Org"),
        ("Tervist soovides\nEve Laas", "Tervist soovides", "Eve Laas"),
        (
            "Ilusat kevade algust!\n\nMaire Lepp\nehitusspetsialist",
            "Ilusat kevade algust!",
            "Maire Lepp\nehitusspetsialist",
        ),
    ],
)
def test_closings_with_names(end: str, closing: str, signature: str) -> None:
    found = parts(f"Hello,\n\nThe order is here. Can you come?\n\n{end}\n")
    assert found[-2:] == [("closing", closing), ("signature", signature)]
    assert found[1] == ("text", "The order is here. Can you come?")


@pytest.mark.parametrize(
    "signature",
    [
        "Rachel Odum, flat 7, Station Court",
        "Jez",
        "Савельева Т.\nотдел закупок ООО «Уралкомплект»\nтел. +7 343 000-00-00",
        "Тамара Ільківна",
        "Оля з 14-ї",
        "Rein Kallas\nPuiduliin OÜ",
        "Klienditeenindus",
        "-- \nMick Farrow\nLeaky roof? Call Mick!",
        "Sent from my iPhone",
        "Отправлено с iPhone",
        "Надіслано з iPhone",
        "Saadetud minu iPhone'ist",
    ],
)
def test_signatures_without_closing(signature: str) -> None:
    assert parts(f"It is here.\n\nCan you come on Monday?\n\n{signature}")[-1] == ("signature", signature)


@pytest.mark.parametrize(
    "last",
    [
        "Thanks, and please send the invoice.",
        "Can you send it today?",
        "Monday at nine.",
        "Please call me.",
        "Bosch WLG20060, забыла сразу написать",
        "Ждём оплату по ссылке: https://pay.ours.example/1",
        "Чекаю на відповідь, щоб підібрати групу.",
        "Kas saaksite täna saata?",
        "When will it come\nand who brings it?",
    ],
)
def test_the_authors_words_are_never_swallowed(last: str) -> None:
    found = parts(f"Hello,\n\nThe first paragraph.\n\n{last}")
    assert found[-1][0] == "text"
    assert found[-1][1].endswith(last.split("\n")[-1])


def test_a_postscript_is_text() -> None:
    assert kinds("Text.\n\nBest,\nAnna\n\nP.S. Please bring the key.") == "text closing signature text"


def test_lists_have_an_item_each_with_its_depth() -> None:
    body = "We need:\n1. the number\n   of the order\n2) your\nname\n   - first\n   - last\n(3) a photo\n\nThat is all."
    found = [(b.kind, b.depth, body[b.span.start : b.span.end].strip()) for b in zones(Message(body))]
    assert found == [
        ("text", 0, "We need:"),
        ("list", 0, "1. the number\n   of the order"),
        ("list", 0, "2) your\nname"),
        ("list", 1, "- first"),
        ("list", 1, "- last"),
        ("list", 0, "(3) a photo"),
        ("text", 0, "That is all."),
    ]


@pytest.mark.parametrize("body", ["Tuleme\n12. mail kella kümneks.", "Цена\n– 300 рублей", "2026. aastal avame."])
def test_a_number_or_a_dash_is_no_list(body: str) -> None:
    assert "list" not in kinds(body)


def test_paragraphs_are_one_block_each_and_wrapped_lines_one_paragraph() -> None:
    wrapped = "This line is as long as the program lets it be before it is\nbroken, and goes on here.\n\nAnother."
    assert kinds(wrapped) == "text text"
    assert kinds("One long paragraph without any wrapping at all. " * 4 + "\nA second one.") == "text text"


def test_code_is_told_from_text() -> None:
    assert kinds("See:\n\n```\n-- \nx = 1\n```\n\nDone.") == "text code text"
    trace = 'It fails:\n\nTraceback (most recent call last):\n  File "a.py", line 3, in b\nValueError: no\n\nWhy?'
    assert kinds(trace) == "text code text"


ATTRIBUTIONS = [
    "On Mon, Mar 2, 2026 at 10:12 AM Dana Reyes <dana@client.example> wrote:",
    "On Mon, Mar 2, 2026 at 10:12 AM Dana Reyes <\ndana@client.example> wrote:",
    "пн, 2 мар. 2026 г. в 10:12, Dana Reyes <dana@client.example>:",
    "2 марта 2026 г., 10:12 пользователь Dana Reyes <dana@client.example>\nнаписал:",
    "02.03.2026 10:12, Dana Reyes пишет:",
    "Понедельник, 2 марта 2026, 10:12 +03:00 от Dana Reyes <dana@client.example>:",
    "пн, 2 бер. 2026 р. о 10:12 Dana Reyes <dana@client.example> пише:",
    "Kontakt Dana Reyes (<dana@client.example>) kirjutas kuupäeval E, 2. märts\n2026 kell 10:12:",
    "Dana Reyes kirjutas 02.03.2026 kell 10:12:",
    "Am Mo., 2. März 2026 um 10:12 Uhr schrieb Dana Reyes <dana@client.example>:",
    "Le lun. 2 mars 2026 à 10:12, Dana Reyes <dana@client.example> a écrit :",
    "ma 2. maalisk. 2026 klo 10.12 Dana Reyes (dana@client.example) kirjoitti:",
    "---- On Mon, 02 Mar 2026 10:12:00 +0200 Dana Reyes <dana@client.example> wrote ----",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("marks", ["> ", ""])
def test_attribution_lines(attribution: str, marks: str) -> None:
    body = f"It is here.\n\n{attribution}\n\n{marks}Where is it?\n{marks}Dana\n"
    assert kinds(body) == "text attribution quote"
    message = Message(body)
    original = quoted_original(message, zones(message))
    assert original is not None
    assert original.body == "Where is it?\nDana"
    assert original.date is not None
    assert (original.date.year, original.date.month, original.date.day) == (2026, 3, 2)
    assert original.from_[0].name == "Dana Reyes"
    assert original.from_[0].address in ("dana@client.example", "")


HEADERS = [
    "From: Dana <dana@client.example>\nSent: Monday, March 2, 2026 10:12 AM\nTo: Help\nSubject: Order 7",
    "От: Dana <dana@client.example>\nОтправлено: 2 марта 2026 г. 10:12\nКому: Help\nТема: Order 7",
    "Від: Dana <dana@client.example>\nНадіслано: 2 березня 2026 р. 10:12\nКому: Help\nТема: Order 7",
    "Saatja: Dana <dana@client.example>\nSaatmisaeg: esmaspäev, 2. märts 2026 10:12\nAdressaat: Help\nTeema: Order 7",
    "Von: Dana <dana@client.example>\nGesendet: Montag, 2. März 2026 10:12\nAn: Help\nBetreff: Order 7",
    "-----Original Message-----\nFrom: Dana [mailto:dana@client.example]\nSent: 2.3.2026 10:12\nSubject: Order 7",
    "______________________\n*From:* Dana <dana@client.example>\n*Sent:* 02 March 2026 10:12\n*Subject:* Order 7",
    "-------- Исходное сообщение --------\nОт: Dana <dana@client.example>\nДата: 02.03.2026 10:12\nТема: Order 7",
]


@pytest.mark.parametrize("headers", HEADERS)
def test_blocks_of_headers(headers: str) -> None:
    body = f"Tere!\n\nIt is here.\n\nBest,\nAnna\n\n{headers}\n\nWhere is it?\n\nDana\n"
    message = Message(body)
    blocks = zones(message)
    assert own_text(message, blocks) == "Tere!\n\nIt is here.\n\nBest,"
    original = quoted_original(message, blocks)
    assert original is not None
    assert original.body == "Where is it?\n\nDana"
    assert original.subject == "Order 7"
    assert original.from_ == (Address("Dana", "dana@client.example"),)


def test_a_timetable_is_no_block_of_headers() -> None:
    body = "Your trip:\n\nFrom: Tartu\nTo: Riga\nDate: 5 May 2026, 10:00\n\nHave a good journey!\nAnna"
    assert "quote" not in kinds(body)
    assert "attribution" not in kinds(body)


def test_interleaved_and_bottom_posted_replies() -> None:
    body = "On 2 Mar 2026, at 10:12, Dana wrote:\n> Hello,\n>\n> is it red?\n\nIt is.\n\n> And large?\n\nNo.\n\nAnna\n"
    assert [text for kind, text in parts(body) if kind == "text"] == ["It is.", "No."]
    assert parts(body)[-1] == ("signature", "Anna")


@pytest.mark.parametrize(
    "marker",
    [
        "##- Please type your reply above this line -##",
        "##- Пожалуйста, введите ответ над этой строкой -##",
        "##- Будь ласка, введіть відповідь над цим рядком -##",
        "##- Palun kirjutage oma vastus selle rea kohale -##",
        "—-—-—-—\nReply above this line.",
    ],
)
def test_help_desk_markers(marker: str) -> None:
    body = f"It is here.\n\n{marker}\n\nYour request (44) has been updated.\n\nDana"
    message = Message(body)
    assert own_text(message, zones(message)) == "It is here."


def test_with_the_original_at_hand_unmarked_quotes_are_found() -> None:
    original = Message("Hello,\n\nwhere is my order 4471 from May?\n\nAnd when do you open on Sundays?\n\nDana")
    body = "where is my order 4471 from May?\nIt left today.\n\nAnd when do you open on Sundays?\nAt ten.\n"
    assert [kind for kind, _ in parts(body, original)] == ["quote", "text", "quote", "text"]
    headers = "Answers below.\n\nFrom: Dana <d@c.example>\nSent: 2 March 2026 10:12\nTo: Help\nSubject: x\n\n"
    between = (
        headers
        + "where is my order 4471 from May?\n\nIt left today.\n\nAnd when do you open on Sundays?\n\nAt ten.\n\nDana"
    )
    assert [text for kind, text in parts(between, original) if kind == "text"][:2] == [
        "Answers below.",
        "It left today.",
    ]


def test_disclaimers_and_banners() -> None:
    legal = "This e-mail and any attachments are confidential and intended solely for the addressee named above."
    banner = "CAUTION: This email originated from outside the organisation."
    found = parts(f"{banner}\n\nHello,\n\nText here.\n\nBest,\nAnna\n{legal}")
    assert [kind for kind, _ in found] == ["disclaimer", "greeting", "text", "closing", "signature", "disclaimer"]
    assert "disclaimer" not in kinds("Is this confidential?\n\nConfidential documents go by post.\n\nAnna")


def test_names_come_from_the_header_and_the_signature() -> None:
    message = Message("Yes.\n\nBest,\nAnna Berg\nSales", from_=(Address("Help Desk", "h@ours.example"),))
    assert names_of(message, zones(message)) == ("Help Desk", "Anna Berg")


def test_own_text_without_courtesies() -> None:
    message = Message("Hello,\n\nYes.\n\nBest,\nAnna\n\n> old")
    blocks = zones(message)
    assert own_text(message, blocks) == "Hello,\n\nYes.\n\nBest,"
    assert own_text(message, blocks, courtesies=False) == "Yes."
