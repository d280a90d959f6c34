"""Steps whose lists came apart when they were copied, and what terminals show between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import drafted

from kb_gen.importers import FORMATS, Reading
from kb_gen.importers.formats.article_prompts import is_output, is_tabular, prompt_shell
from kb_gen.model import Command, Step

HEAD = "Event ID: 7\nSource: Thing\n\nExplanation\n\nIt is the end of the world.\n\nResolution\n\n"


PASTED = {
    "lines apart": (
        "1. Open a command prompt.\n\nnltest /sc_query:contoso.com\n\n2. Reset the channel:\n\n"
        "C:\\>nltest /sc_reset:contoso.com\nFlags: 30\nThe command completed successfully\n\n3. Restart the computer.\n"
    ),
    "lines together": (
        "1. Open a command prompt.\nnltest /sc_query:contoso.com\n2. Reset the channel:\n"
        "C:\\>nltest /sc_reset:contoso.com\nFlags: 30\nThe command completed successfully\nC:\\>\n"
        "3. Restart the computer.\n"
    ),
    "indented": (
        "  1) Open a command prompt.\n\n     nltest /sc_query:contoso.com\n\n  2) Reset the channel:\n\n"
        "     C:\\>nltest /sc_reset:contoso.com\n     Flags: 30\n     The command completed successfully\n\n"
        "  3) Restart the computer.\n"
    ),
}


@pytest.mark.parametrize("form", PASTED)
def test_steps_keep_their_commands_wherever_these_stand(tmp_path: Path, form: str) -> None:
    (action,) = drafted(tmp_path, f"{HEAD}To reset the channel, do this:\n{PASTED[form]}")
    assert (action.text, action.note, action.ordered) == ("To reset the channel, do this:", "", True)
    query, reset, restart = action.steps
    assert query == Step("Open a command prompt.", commands=(Command("cmd", "nltest /sc_query:contoso.com"),))
    assert reset == Step(
        "Reset the channel:",
        commands=(Command("cmd", "nltest /sc_reset:contoso.com"),),
        note="```text\nFlags: 30\nThe command completed successfully\n```",
    )
    assert restart == Step("Restart the computer.")


SPLIT = [
    ("a.md", "Do this:\n\n1. One.\n\n```cmd\nipconfig\n```\n\n2. Two.\n\n```cmd\nC:\\> whoami\n```\n"),
    ("a.md", "Do this:\n\n1. One.\n\n```cmd\nipconfig\n```\n\n1. Two.\n\n```cmd\nwhoami\n```\n"),
    ("a.html", "<p>Do this:<ol><li>One.</ol><pre>ipconfig</pre><ol start=2><li>Two.</ol><p>C:\\>whoami</p>"),
    ("a.html", "<p>Do this:<ol type=a><li>One.<pre>ipconfig</pre></ol><ol type=a start=2><li>Two.<pre>whoami</ol>"),
    ("a.txt", "Do this:\n\na. One.\n\nipconfig\n\nb. Two.\n\nwhoami\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), SPLIT)
def test_lists_go_on_where_their_numbers_do(tmp_path: Path, name: str, text: str) -> None:
    head = "<h1>Thing 7</h1><h2>Explanation</h2><p>It broke.</p><h2>Resolution</h2>" if name == "a.html" else HEAD
    head = "# Thing 7\n\n## Explanation\n\nIt broke.\n\n## Resolution\n\n" if name == "a.md" else head
    (action,) = drafted(tmp_path, head + text, name)
    assert action.text == "Do this:"
    assert action.steps == (
        Step("One.", commands=(Command("cmd", "ipconfig"),)),
        Step("Two.", commands=(Command("cmd", "whoami"),)),
    )


def test_lists_that_begin_anew_are_others(tmp_path: Path) -> None:
    first, second = drafted(tmp_path, f"{HEAD}First:\n\n1. One.\n2. Two.\n\nThen:\n\n1. Three.\n2. Four.\n")
    assert [step.text for step in first.steps] == ["One.", "Two."]
    assert [step.text for step in second.steps] == ["Three.", "Four."]


def test_what_stands_flat_between_numbers_belongs_to_the_step_before(tmp_path: Path) -> None:
    text = "1. Click one:\n• Left\n• Right\n2. Do all:\na. Here.\nb. There.\n\nBoth are needed.\n\n3. End.\n"
    one, parts, end = drafted(tmp_path, HEAD + text)
    assert one.text == "Click one:"
    assert ([step.text for step in one.steps], one.ordered) == (["Left", "Right"], False)
    assert [step.text for step in parts.steps] == ["Here.", "There.\n\nBoth are needed."]
    assert end.text == "End."


def test_further_commands_of_a_step_are_steps_in_it(tmp_path: Path) -> None:
    text = "1. Look:\n   ipconfig\n   Then look who it is:\n   C:\\> whoami\n   This is you.\n2. End.\n"
    look, _ = drafted(tmp_path, HEAD + text)
    assert (look.text, look.commands, look.note) == ("Look:", (Command("cmd", "ipconfig"),), "")
    assert look.steps == (Step("Then look who it is:", commands=(Command("cmd", "whoami"),), note="This is you."),)


TERMINALS = {
    "powershell": (
        "PS C:\\> Get-Service |\n>> Where-Object Status -eq Stopped\n>>\nPS C:\\> if (1) {\n>>   Get-Date\n>> }\n",
        "Get-Service |\nWhere-Object Status -eq Stopped\nif (1) {\n  Get-Date\n}",
    ),
    "exchange": ("[PS] C:\\Windows\\system32>Get-Queue | `\n>> ft Name\n", "Get-Queue | `\nft Name"),
    "cmd": ("C:\\>robocopy C:\\a D:\\b ^\nMore? /mir\nC:\\>\n", "robocopy C:\\a D:\\b ^\n/mir"),
    "bash": (
        "root@web:~# systemctl restart \\\n> nginx\n[ann@web ~]$ ls\nann@web [ ~ ]$ df\n",
        "systemctl restart \\\nnginx\nls\ndf",
    ),
    "sql": ("MariaDB [(none)]> SELECT *\n    -> FROM mysql.user;\n", "SELECT *\nFROM mysql.user;"),
}


@pytest.mark.parametrize("form", ["{}", "```\n{}```\n", "```text\n{}```\n"])
@pytest.mark.parametrize("shell", TERMINALS)
def test_prompts_of_further_lines_are_taken_off(tmp_path: Path, shell: str, form: str) -> None:
    shown, run = TERMINALS[shell]
    name = "a.md" if "```" in form else "a.txt"
    head = "# Thing 7\n\n## Explanation\n\nIt broke.\n\n## Resolution\n\n" if "```" in form else HEAD
    (action,) = drafted(tmp_path, f"{head}Run this:\n\n{form.format(shown)}", name)
    assert (action.commands, action.note) == ((Command(shell, run),), "")


def test_a_sign_in_what_a_program_shows_is_no_prompt(tmp_path: Path) -> None:
    (action,) = drafted(tmp_path, f"{HEAD}Look:\n\n$ curl -v localhost\n> GET / HTTP/1.1\n< HTTP/1.1 200\n")
    assert action.commands == (Command("bash", "curl -v localhost"),)
    assert action.note == "```text\n> GET / HTTP/1.1\n< HTTP/1.1 200\n```"


@pytest.mark.parametrize(
    "shown",
    [
        "SERVICE_NAME: netlogon\n        STATE              : 4  RUNNING",
        "Name\n----\nnetlogon",
        "Status   Name\n------   ----\nRunning  netlogon",
    ],
)
def test_tables_behind_a_command_are_what_it_shows(tmp_path: Path, shown: str) -> None:
    text = f"1. Look:\n\nsc query netlogon\n\n{shown}\n\nThis shows that it runs.\n\n2. End.\n"
    look, _ = drafted(tmp_path, HEAD + text)
    assert look.commands == (Command("cmd", "sc query netlogon"),)
    assert look.note == f"```text\n{shown}\n```\n\nThis shows that it runs."


def test_a_sentence_behind_a_prompt_is_told_and_not_shown(tmp_path: Path) -> None:
    for sentence in ("Then open the console.", "Öffnen Sie die Konsole.", "Wait until it has ended."):
        assert not is_output(sentence)
    assert is_output("The command completed successfully.")
    assert is_output("TYPE : 20")
    assert not is_tabular("The command completed successfully.")
    first, second = drafted(tmp_path, f"{HEAD}Run:\nC:\\>whoami\nThen open the console.\n")
    assert (first.commands, first.note) == ((Command("cmd", "whoami"),), "")
    assert second.text == "Then open the console."


@pytest.mark.parametrize("line", ["# apt update", "Costs 5 $ a month", "PSEXEC > x", "a > b", ""])
def test_what_is_no_prompt(line: str) -> None:
    assert prompt_shell(line) == ""


@pytest.mark.parametrize(("line", "shell"), [("ipconfig /all", "cmd"), ("Get-Service Spooler", "powershell")])
def test_a_terminal_of_windows_is_one(tmp_path: Path, line: str, shell: str) -> None:
    text = f"# Thing 7\n\n## Explanation\n\nIt broke.\n\n## Resolution\n\nRun:\n\n```console\n{line}\n```\n"
    (action,) = drafted(tmp_path, text, "a.md")
    assert action.commands == (Command(shell, line),)


@pytest.mark.parametrize(
    ("announcement", "line"),
    [
        ("At the prompt, type the following command, and then press ENTER:", "ntfrsutl version DC2"),
        ("Geben Sie den folgenden Befehl ein, und drücken Sie die EINGABETASTE:", "ntfrsutl version DC2"),
        ("Run this command:", "contoso-tool.exe mend"),
    ],
)
def test_a_command_that_is_announced_may_be_any_program(tmp_path: Path, announcement: str, line: str) -> None:
    text = f"1. {announcement}\n\n   {line}\n\n   This takes long.\n2. End.\n"
    mend, _ = drafted(tmp_path, HEAD + text)
    assert (mend.text, mend.commands) == (announcement, (Command("cmd", line),))
    assert mend.note == "This takes long."


@pytest.mark.parametrize(
    ("announcement", "line"),
    [("This command:", "It ends."), ("Look at it:", "ntfrsutl version DC2"), ("Run this command:", "Windows")],
)
def test_words_behind_a_colon_are_no_command(tmp_path: Path, announcement: str, line: str) -> None:
    (action,) = drafted(tmp_path, f"{HEAD}{announcement}\n\n{line}\n")
    assert not action.commands


def test_methods_are_sections_of_text(tmp_path: Path) -> None:
    text = "Use one of these.\n\nMethod 1: Wait\n1. Wait.\n2. Look.\n\nMethod 2: Restart\n\n1. Restart.\n2. Look.\n"
    use, wait, restart = drafted(tmp_path, HEAD + text)
    assert use.text == "Use one of these."
    assert (wait.text, [step.text for step in wait.steps]) == ("**Method 1: Wait**", ["Wait.", "Look."])
    assert (restart.text, [step.text for step in restart.steps]) == ("**Method 2: Restart**", ["Restart.", "Look."])


def test_names_and_values_keep_their_lines(tmp_path: Path) -> None:
    text = "Set this:\n\nValue name: X\nValue type: REG_DWORD\n\nThen restart it\nand wait.\n"
    (action,) = drafted(tmp_path, HEAD + text)
    assert action.text == "Set this:\n\nValue name: X\\\nValue type: REG_DWORD\n\nThen restart it and wait."


def test_code_of_pages_has_its_language(tmp_path: Path) -> None:
    page = (
        "<h1>Thing 7</h1><h2>Cause</h2><p>It broke.</p><h2>Resolution</h2><p>Run:</p>"
        '<div class="codeHeader"><span class="language">Console</span></div>'
        '<pre><code class="lang-console">dsmod x</code></pre><p>Windows shows it.</p>'
        '<pre data-syntaxhighlighter-params="brush: powershell; gutter: false">$x = 1</pre>'
    )
    first, second = drafted(tmp_path, page, "a.html")
    assert (first.text, first.commands) == ("Run:", (Command("cmd", "dsmod x"),))
    assert second.commands == (Command("powershell", "$x = 1"),)


def test_pictures_of_learn_are_their_words(tmp_path: Path) -> None:
    text = '# Thing 7\n\n## Cause\n\nIt broke.\n\n:::image type="content" source="x.png" alt-text="A picture.":::\n'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (event,) = FORMATS["article"].read([tmp_path / "a.md"], Reading("tool")).events
    assert event.record.explanation.endswith("It broke.\n\nA picture.")
    assert "A picture was left out: x.png" in event.notes


def test_a_flat_list_behind_a_colon_belongs_to_its_item(tmp_path: Path) -> None:
    text = "Do one of these:\n\n• Wait.\n\n• Adjust it:\n\n1. Open it.\n\nipconfig\n\n2. Close it.\n\n• Call.\n"
    (action,) = drafted(tmp_path, HEAD + text)
    wait, adjust, call = action.steps
    assert (wait.text, adjust.text, call.text, action.ordered) == ("Wait.", "Adjust it:", "Call.", False)
    assert adjust.steps == (Step("Open it.", commands=(Command("cmd", "ipconfig"),)), Step("Close it."))
    assert adjust.ordered


def test_what_a_command_shows_in_an_item_is_no_heading(tmp_path: Path) -> None:
    text = "1. Look:\nGet-Site -Filter * |\n    Format-Table Name\nName\n----\nFirst\n2. End.\n"
    look, _ = drafted(tmp_path, HEAD + text)
    assert look.commands == (Command("powershell", "Get-Site -Filter * |\nFormat-Table Name"),)
    assert look.note == "```text\nName\n----\nFirst\n```"


def test_steps_that_are_headings_are_to_be_done(tmp_path: Path) -> None:
    head = "Event ID: 7\nSource: Thing\n\nIt is the end of the world.\n\n"
    first, second = drafted(tmp_path, f"{head}Step 1: Look\nipconfig\n\nStep 2: Install it\nwinget install Thing\n")
    assert (first.text, first.commands) == ("**Step 1: Look**", (Command("cmd", "ipconfig"),))
    assert (second.text, second.commands) == ("**Step 2: Install it**", (Command("cmd", "winget install Thing"),))


def test_paragraphs_with_marks_are_lists(tmp_path: Path) -> None:
    page = (
        "<h1>Thing 7</h1><h2>Cause</h2><p>It broke.</p><h2>Resolution</h2><p>Do this:</p>"
        "<p>1.<span>&nbsp; </span>Open it.</p><p>2.<span>&nbsp; </span>Run this:</p><p>ipconfig</p>"
        "<p>3. Close it.</p><h2>Workaround</h2><p>·&nbsp; Wait.</p><p>·&nbsp; Call.</p>"
    )
    resolution, workaround = drafted(tmp_path, page, "a.html")
    assert resolution.steps[0].text == "Do this:"
    assert resolution.steps[0].steps == (
        Step("Open it."),
        Step("Run this:", commands=(Command("cmd", "ipconfig"),)),
        Step("Close it."),
    )
    assert [step.text for step in workaround.steps] == ["Wait.", "Call."]


def test_a_number_alone_begins_no_list(tmp_path: Path) -> None:
    page = "<h1>Thing 7</h1><h2>Cause</h2><p>It broke.</p><h2>Resolution</h2><p>1. January is the day.</p><p>Wait.</p>"
    assert [action.text for action in drafted(tmp_path, page, "a.html")] == ["1\\. January is the day.\n\nWait."]
