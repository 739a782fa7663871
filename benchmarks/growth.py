"""Whether the time grows with the length of a mail, and no faster: `python benchmarks/growth.py [KIB …]`.

Prints processor seconds for texts of each size, by what they are made of, and by how much the time grew per doubling.
"""

from __future__ import annotations

import sys
import time

from replylint import Config, Linter

#: What a text is repeated from: each once made some loop run over all of the text from each of its places.
TEXTS = {
    "statements": "We can deliver the chair on Friday and it costs 40 EUR. Please confirm. ",
    "questions": "What size do you need? When can you come? Do you have the order number? ",
    "list items": "- What is the price of the chair?\n- We will send it on Friday.\n",
    "letters": "Hello Ann,\n\nOur designer is ill. Please confirm the date.\n\nKind regards,\nBob\n\n",
    "no full stop": "we can deliver the chair and it costs money so please tell us what you think of it ",
    "joined asks": "and could you send the chair and how much is it and do you have it ",
    "commas": "we can deliver the chair, and it costs 40 EUR, please confirm, thank you, ",
    "quotation marks": "He said \"the chair is ready\" and I said 'fine, our designer is ill' (see below). ",
    "quoted lines": "> When do you deliver the chair?\n> And how much is it?\nOn Friday it is. It costs 40 EUR.\n\n",
    "capitals": "THE CHAIR IS READY!!! ASAP NDA SLA YOU MUST PAY NOW. ",
    "Russian": "Мы доставим кресло в пятницу, оно стоит 40 евро. У нас завал. Какой размер вам нужен? ",
    "brackets": '(((("«(',
    "one word": "a",
    "underscores": "_",
}


def main(sizes: list[int]) -> None:
    """One line a text."""
    linter = Linter(Config(preset="all"))
    for text in TEXTS.values():
        linter.check(text)
    for name, text in TEXTS.items():
        spent = []
        for size in sizes:
            long = (text * (size * 1024 // len(text) + 1))[: size * 1024]
            start = time.process_time()
            linter.check(long)
            spent.append(time.process_time() - start)
        figures = "  ".join(f"{size} KiB {seconds:6.2f} s" for size, seconds in zip(sizes, spent, strict=True))
        grown = spent[-1] / max(spent[0], 0.001) / (sizes[-1] / sizes[0])
        print(f"{name:16} {figures}   {grown:.1f} × linear", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [64, 128, 256])
