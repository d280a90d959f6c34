"""Values in commands: whatever a log line holds, the shell takes it for one text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")

Part = str | int

NASTY = [
    "plain",
    "a b",
    "it's",
    'say "hi"',
    "‘a’ ‚b‛ “c” „d‟",
    "`whoami`",
    "$(touch /tmp/x)",
    "${HOME} $HOME $x",
    "%PATH% 100% %",
    "!history! !!",
    "a;b|c&d>e<f",
    "a\nb\r\nc",
    "back\\slash\\",
    '\\" \\\\"',
    "--flag",
    "'; drop table x; --",
    "tab\there",
    "ä 中 😀",
    "#comment",
    "^caret^",
    "(a) {b} [c] ,@,",
    "'\\''",
    "\\",
]


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.evaluate((files("kb_gen.site.theme") / "quoting.js").read_text(encoding="utf-8"))
    yield page
    page.close()


def filled(page: Any, language: str, parts: list[Part], value: str) -> str | None:
    """A command with a value in all of its places; None where one isn't filled."""
    told = page.evaluate(
        "([language, parts, value]) => kbQuoting.filled(language, parts, new Map([[1, value]]))",
        [language, parts, value],
    )
    if None in told:
        return None
    texts = iter(told)
    return "".join(part if isinstance(part, str) else next(texts) for part in parts)


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    ("before", "behind", "around"),
    [
        ("printf '%s\\0' ", "", ("", "")),
        ("printf '%s\\0' /var/", ".log", ("/var/", ".log")),
        ("printf '%s\\0' 'x", "y'", ("x", "y")),
        ("printf '%s\\0' \"x", 'y"', ("x", "y")),
        ("# it's a \"comment\nprintf '%s\\0' ", " | cat", ("", "")),
    ],
)
def test_bash_takes_the_value_for_one_argument(
    page: Any, value: str, before: str, behind: str, around: tuple[str, str]
) -> None:
    command = filled(page, "bash", [before, 1, behind], value)
    assert command is not None
    done = subprocess.run([shutil.which("bash") or "bash", "-c", command], capture_output=True, check=True)
    assert done.stdout.decode().removesuffix("\0") == f"{around[0]}{value}{around[1]}"


def powershell_argument(text: str) -> str:
    """What PowerShell makes of one argument that consists of quoted and bare pieces."""
    found, state, at = "", "", 0
    escapes = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
    while at < len(text):
        character, following = text[at], text[at + 1 : at + 2]
        quotes = {"'": "'‘’‚‛", '"': '"“”„'}.get(state, "")
        if state != "'" and character == "`":
            found += escapes.get(following, following)
            at += 2
        elif not state and character in "'‘’‚‛":
            state, at = "'", at + 1
        elif not state and character in '"“”„':
            state, at = '"', at + 1
        elif state and character in quotes:
            if following and following in quotes:
                found += character
                at += 2
            else:
                state, at = "", at + 1
        else:
            assert state or not (character.isspace() or character in "$;|&(){}<>,#@"), f"{character!r} in {text!r}"
            assert state != '"' or character != "$", f"a variable in {text!r}"
            found += character
            at += 1
    assert not state
    return found


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    ("before", "behind", "around"),
    [
        ("", "", ("", "")),
        ("C:\\logs\\", ".txt", ("C:\\logs\\", ".txt")),
        ("'x", "y'", ("x", "y")),
        ('"x', 'y"', ("x", "y")),
    ],
)
def test_powershell_takes_the_value_for_one_argument(
    page: Any, value: str, before: str, behind: str, around: tuple[str, str]
) -> None:
    command = filled(page, "powershell", [f"Get-Thing -Name {before}", 1, f"{behind} | Format-List"], value)
    assert command is not None
    argument = command.removeprefix("Get-Thing -Name ").removesuffix(" | Format-List")
    assert powershell_argument(argument) == f"{around[0]}{value}{around[1]}"


def prompt_line(text: str) -> str:
    """What Windows' command prompt hands to a program: percent signs replaced first, then carets and signs."""
    environment = {"PATH": "EXPANDED", "x": "EXPANDED"}
    pieces = text.split("%")
    line = pieces[0]
    number = 1
    while number < len(pieces):
        if number + 1 < len(pieces) and pieces[number] in environment:
            line += environment[pieces[number]] + pieces[number + 1]
            number += 2
        else:
            line += "%" + pieces[number]
            number += 1
    found, quoted, at = "", False, 0
    while at < len(line):
        character = line[at]
        if character == "^" and not quoted:
            at += 1
            found += line[at : at + 1]
        else:
            assert quoted or character not in "&|<>", f"{character!r} would be carried out in {line!r}"
            quoted ^= character == '"'
            found += character
        at += 1
    return found


def c_arguments(line: str) -> list[str]:
    """How Microsoft's C runtime takes a command line apart."""
    arguments, current, quoted, started, at = [], "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        behind = line[at + slashes : at + slashes + 1]
        if slashes:
            started = True
            current += "\\" * (slashes // 2 if behind == '"' else slashes)
            at += slashes
            if behind == '"' and slashes % 2:
                current += '"'
                at += 1
            continue
        character = line[at]
        if character == '"':
            started = True
            if quoted and line[at + 1 : at + 2] == '"':
                current += '"'
                at += 1
            else:
                quoted = not quoted
        elif character in " \t" and not quoted:
            if started:
                arguments.append(current)
            current, started = "", False
        else:
            current, started = current + character, True
        at += 1
    return [*arguments, current] if started else arguments


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    ("before", "behind", "around"),
    [
        ("", "", ("", "")),
        ("/f:", ".txt", ("/f:", ".txt")),
        ('"x', 'y"', ("x", "y")),
        ('"', '"', ("", "")),
        ("C:\\x\\", "\\log.txt", ("C:\\x\\", "\\log.txt")),
        ('"C:\\a b\\', '\\log.txt"', ("C:\\a b\\", "\\log.txt")),
        ('"C:\\a b\\', ' x"', ("C:\\a b\\", " x")),
    ],
)
def test_the_command_prompt_hands_the_value_on_as_one_argument(
    page: Any, value: str, before: str, behind: str, around: tuple[str, str]
) -> None:
    command = filled(page, "batch", [f"findstr {before}", 1, f"{behind} end"], value)
    if not {*value}.isdisjoint('\n"%!^'):
        assert command is None
        return
    assert command is not None
    assert c_arguments(prompt_line(command)) == ["findstr", f"{around[0]}{value}{around[1]}", "end"]


@pytest.mark.parametrize(
    ("parts", "value", "command"),
    [
        (["SELECT * FROM t WHERE n = ", 1, ";"], "it's", "SELECT * FROM t WHERE n = 'it''s';"),
        (["SELECT * FROM t WHERE n = ", 1, ";"], "-12.5", "SELECT * FROM t WHERE n = -12.5;"),
        (["SELECT * FROM t WHERE n = ", 1, ";"], "1; drop table t", "SELECT * FROM t WHERE n = '1; drop table t';"),
        (["WHERE n = '", 1, "'"], "a'b\"c", "WHERE n = 'a''b\"c'"),
        (["CHECK TABLE `", 1, "`"], "a`b", "CHECK TABLE `a``b`"),
        (["WHERE n = '", 1, "'"], "back\\slash", None),
        (["CHECK TABLE t", 1], "x", None),
        (["SELECT * FROM [", 1, "]"], "Nord bank", "SELECT * FROM [Nord bank]"),
        (["SELECT * FROM [", 1, "]"], "x] ; drop table t --", None),
        (["SELECT * FROM #temp WHERE a = '", 1, "'"], "' or 1=1 -- ", "SELECT * FROM #temp WHERE a = ''' or 1=1 -- '"),
        (["SELECT * FROM #temp WHERE a = ", 1], "a\nb", None),
        (["SELECT d #>> '{x}' FROM t WHERE a = '", 1, "'"], "' or 1=1 -- ", None),
        (["SELECT 5--", 1], "1 or 1=1", None),
        (["SELECT 10 -", 1], "-5", None),
        (["SELECT 10 - ", 1], "5", "SELECT 10 - 5"),
        (["DO $$ SELECT ", 1, " $$"], "$$; drop table t; --", None),
        (["DO $$ SELECT ", 1, " $$"], "17", "DO $$ SELECT 17 $$"),
        (["# of ", 1, "\nSELECT 1"], "a\nb", "# of a b\nSELECT 1"),
        (["-- of ", 1], "x'; drop", None),
        (["EXEC('KILL ", 1, "')"], "1; DROP DATABASE x", None),
        (["EXEC('KILL ", 1, "')"], "17", "EXEC('KILL 17')"),
        (["EXEC master..xp_cmdshell 'net stop ", 1, "'"], "x & calc", None),
        (["COPY t FROM PROGRAM 'zcat /var/log/", 1, "'"], "x; touch y", None),
        (["!!dir ", 1], "x & calc", None),
        (["DELETE FROM q WHERE id = ANY(ARRAY[", 1, "])"], "id", None),
        (["DO $b1$ SELECT ", 1, " $b1$"], "$b1$; DROP TABLE t; --", None),
        (["CREATE LOGIN [", 1, "] FROM WINDOWS"], "CORP\\svc$", "CREATE LOGIN [CORP\\svc$] FROM WINDOWS"),
        (["WHERE name = N'", 1, "'"], "CORP\\svc", "WHERE name = N'CORP\\svc'"),
        (["WHERE name = N'", 1, "'"], "x\\' or 1=1 --", None),
        (["CHECK TABLE ", 1], "orders", "CHECK TABLE orders"),
        (["CHECK TABLE ", 1], "a; drop", None),
        (["DELETE FROM q WHERE rcpt ILIKE '", 1, "'"], "%", None),
        (["CHECK TABLE ", 1, ".", 2], "shop", None),
        (["EXEC('DELETE FROM q WHERE id = ", 1, "')"], "id", None),
        (["WHERE source = '", 1, "'"], "MSExchange ADAccess", "WHERE source = 'MSExchange ADAccess'"),
        (['pager grep "', 1, '"'], "$(touch x)", None),
        (["WHERE code = ", 1], "00123", "WHERE code = '00123'"),
        (["DELETE FROM q WHERE rcpt LIKE '", 1, "'"], "%", None),
    ],
)
def test_sql_takes_the_value_for_one_literal(page: Any, parts: list[Part], value: str, command: str | None) -> None:
    assert filled(page, "sql", parts, value) == command


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("bash", ['echo "$(cat ', 1, ')"']),
        ("bash", ["cat <<EOF\n", 1, "\nEOF"]),
        ("bash", ["echo `cat ", 1, "`"]),
        ("bash", ["echo \\", 1]),
        ("bash", ['echo "${x:-', 1, '}"']),
        ("powershell", ['"$(Get-Thing ', 1, ')"']),
        ("powershell", ["@'\n", 1, "\n'@"]),
        ("powershell", ["<# ", 1, " #>"]),
        ("python", ["print('", 1, "')"]),
        ("ruby", ["puts ", 1]),
    ],
)
def test_where_quoting_is_not_sure_the_name_stays(page: Any, language: str, parts: list[Part]) -> None:
    assert filled(page, language, parts, "value") is None


@pytest.mark.parametrize(
    "parts",
    [
        ["test ${#list} -gt 0 && printf '%s\\0' ", 1],
        ["printf '%s\\0' {a,{#b,", 1, "}"],
        ["printf '%s\\0' http://x/", 1, "#", 1],
        ["printf '%s\\0' $", 1],
        ["bash -c \"printf '%s' '", 1, "'\""],
        ['bash -c \'printf "%s" "', 1, "\"'"],
        ["eval printf '%s' ", 1],
        ["echo $((", 1, " + 1))"],
        ["echo $[", 1, " + 1]"],
        ["[[ 1 -eq ", 1, " ]]"],
        ["[[ -v a[", 1, "] ]]"],
        ["# of ", 1, "\ntrue"],
        ["true\u00a0# it's\necho ", 1, " '"],
        ["bash -c 'echo \"$(grep -c ", 1, " log)\"'"],
        ["bash -c \"bash -c 'echo ", 1, "'\""],
        ["bash -c \"echo it\\'s ", 1, '"'],
        ["awk -F'\"' '/\"", 1, "/ {print $6}' /etc/hosts"],
        ["sed -n '/\"", 1, "/p' /etc/hosts"],
        ["size=", 1, "\necho $((size / 1024))"],
        ["i=", 1, "; echo ${a[i]}"],
        ["p=", 1, '; echo "${p@P}"'],
        ['flock lock -c "echo ', 1, '"; rm -f lock'],
        ["printf '", 1, "' foo"],
        ["tar cf /dev/null /etc/hosts ", 1],
        ["f=", 1, "\nls $f"],
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "$(touch PWNED)",
        "; touch PWNED ;",
        "'; touch PWNED; '",
        '"; touch PWNED; "',
        "a\n touch PWNED",
        "x\\' ; touch PWNED #",
        "a[$(touch PWNED)]",
        "x log; touch PWNED; echo",
        "x/{while((getline l)>0)system(l)}/y",
        "x/p;1etouch PWNED;/x",
        "-va[$(touch PWNED)]",
        "--use-compress-program=touch PWNED",
    ],
)
def test_no_value_is_carried_out(page: Any, parts: list[Part], value: str, tmp_path: Path) -> None:
    texts = page.evaluate("([parts, value]) => kbQuoting.filled('bash', parts, new Map([[1, value]]))", [parts, value])
    given = iter(texts)
    command = "".join(part if isinstance(part, str) else next(given) or "NAME" for part in parts)
    subprocess.run([shutil.which("bash") or "bash", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("language", "parts", "inert"),
    [
        ("bash", ["mysql -e \"SELECT * FROM t WHERE a = '", 1, "'\""], "Nord bank"),
        ("bash", ["ssh host 'grep \"", 1, "\" /var/log/x'"], "Nord bank"),
        ("bash", ['ssh host "grep ', 1, ' /var/log/x"'], "shop-12"),
        ("bash", ["su -c 'bash -c \"rm ", 1, "\"'"], "shop-12"),
        ("bash", ["awk -F'\"' '/\"", 1, "/ {print $6}' access.log"], "shop-12"),
        ("bash", ['runuser -l root -c "echo ', 1, '"'], "shop-12"),
        ("bash", ['unheard-of -c "echo ', 1, '"'], "shop-12"),
        ("bash", ["nft add rule inet filter input ip saddr ", 1, " drop"], "10.1.2.3"),
        ("bash", ["size=", 1, "\necho $((size / 1024))"], "1024"),
        ("bash", ['echo "x ', 1, '" | at now'], "shop-12"),
        ("bash", ['echo "export N=', 1, '" >> .bashrc'], "shop-12"),
        ("bash", ["systemctl restart ", 1], "shop-12"),
        ("bash", ["su - postgres -c \"psql -c 'DELETE FROM q WHERE id=", 1, "'\""], "17"),
        ("bash", ["sed -n '/", 1, "/p' log"], "shop-12"),
        ("bash", ["ID=", 1, '\nmysql -e "DELETE FROM q WHERE id = $ID"'], "17"),
        ("bash", ["ssh host grep ", 1], "shop-12"),
        ("powershell", ["powershell -Command \"Get-Thing '", 1, "'\""], "Nord bank"),
        ("powershell", ["Invoke-Sqlcmd -Query \"SELECT * FROM t WHERE a = '", 1, "'\""], "Nord bank"),
        ("powershell", ["Get-ADUser -Filter \"Name -eq '", 1, "'\""], "Nord bank"),
        ("powershell", ["Get-Thing -LDAPFilter '(cn=", 1, ")'"], "shop.12"),
        ("batch", ["sqlcmd -Q \"SELECT * FROM t WHERE a = '", 1, "'\""], "Nord bank"),
        ("batch", ["wmic process where \"name='", 1, "'\" get name"], "shop.exe"),
    ],
)
def test_code_in_a_string_gets_values_that_cannot_end_it(
    page: Any, language: str, parts: list[Part], inert: str
) -> None:
    assert inert in (filled(page, language, parts, inert) or "")
    for hostile in (
        "",
        "-1",
        "' or 1=1 -- ",
        '" or ""="',
        "$(touch x)",
        "`id`",
        "a\nb",
        "\\' x",
    ):
        assert filled(page, language, parts, hostile) is None


@pytest.mark.parametrize(
    ("parts", "value", "command"),
    [
        (['"Price: $', 1, '"'], "(calc)", None),
        (['"$name', 1, '"'], "x", None),
        (["Get-Thing $name", 1], "x", None),
        (['"${name}', 1, '"'], "x", '"${name}x"'),
        (["Get-Thing http://x/", 1, "#", 1], ";x", None),
        (["Get-Thing 'a'#", 1], "x;y", None),
        (["icacls --% ", 1], "x;y", None),
        (["Get-Thing ", 1], "1024", "Get-Thing 1024"),
        (["Get-Thing ", 1], "01024", "Get-Thing '01024'"),
        (["Get-Thing ", 1], "o'brien *", "Get-Thing 'o''brien *'"),
        (["Set-Thing ", 1], "o'brien", "Set-Thing 'o''brien'"),
        (["Stop-Thing ", 1], "*", None),
        (["Get-Thing ", 1, " | Remove-Thing"], "*", None),
        (["az vm start --name ", 1], "x&calc", None),
        (["icacls ", 1, " /reset"], 'C:\\x" /grant "Everyone:F', None),
        (["icacls ", 1, " /reset"], "C:\\a b", "icacls 'C:\\a b' /reset"),
        (["$user = '", 1, "'\nGet-Thing -Filter \"Alias -eq '$user'\""], "x' -or Alias -like '*", None),
        (
            ["$user = '", 1, "'\nGet-Thing -Filter \"Alias -eq '$user'\""],
            "CORP\\jo",
            "$user = 'CORP\\jo'\nGet-Thing -Filter \"Alias -eq '$user'\"",
        ),
        (
            ["Get-Queue -Filter \"Identity -eq '", 1, "'\""],
            "MX1\\Submission",
            "Get-Queue -Filter \"Identity -eq 'MX1\\Submission'\"",
        ),
        (["& .\\ctl.bat ", 1], "x&calc", None),
        (['& "C:\\Program Files\\tool.exe" ', 1], 'x" /y', None),
        (["7z a b.7z ", 1], 'x" -sdel "C:\\Data', None),
        (["kubectl-ns ", 1], 'x"y', None),
        (['Search-Mailbox jo -SearchQuery "Subject:', 1, '" -DeleteContent'], "x OR size>0", None),
        (['"Stop-Service ', 1, '" | Out-File -Append fix.ps1'], "Spooler; calc", None),
        (["$id = '", 1, '\'\nInvoke-Sqlcmd -Query "DELETE q WHERE id = $id"'], "1 or 1", None),
        (['Get-Mailbox | Where-Object { $_.Alias -match "', 1, '" } | Remove-Mailbox'], ".*", None),
        (['[adsisearcher]"(samaccountname=', 1, ')"'], "*)(adminCount=1", None),
        (['[scriptblock]::Create("Get-Service ', 1, '")'], "x; calc", None),
    ],
)
def test_powershell_gets_no_new_variables_and_comments(
    page: Any, parts: list[Part], value: str, command: str | None
) -> None:
    assert filled(page, "powershell", parts, value) == command


@pytest.mark.parametrize(
    ("parts", "value", "command"),
    [
        (["tool ", 1, 1], "a b", None),
        (["tool ", 1, 1], "ab", "tool abab"),
        (['tool "', 1, 1, '"'], "a\\", 'tool "a\\a\\\\"'),
        (["tool ", 1], "^%PATH:zz=^%", None),
        (["tool ", 1], "a&calc", None),
        (["set DIR=", 1], "C:\\ab", "set DIR=C:\\ab"),
        (["set DIR=", 1], "C:\\x /s C:\\Windows", None),
        (["set ID=", 1, '\nsqlcmd -Q "DELETE q WHERE id = %ID%"'], "id", None),
        (["set DIR=", 1], "a&calc", None),
    ],
)
def test_the_command_prompt_gets_values_side_by_side(
    page: Any, parts: list[Part], value: str, command: str | None
) -> None:
    assert filled(page, "batch", parts, value) == command


@pytest.mark.parametrize("language", ["bash", "powershell", "python", "ruby"])
@pytest.mark.parametrize("value", ["1024", "10.0.0.7", "0x80040400", "{0cc5b647-c1df-4637-891a-dec35c318583}"])
def test_numbers_mean_the_same_everywhere(page: Any, language: str, value: str) -> None:
    assert filled(page, language, ['x "$(tool ', 1, ')"'], value) == f'x "$(tool {value})"'


def test_a_value_in_a_comment_stays_there(page: Any) -> None:
    assert filled(page, "bash", ["true # of ", 1, "\n"], "a\nrm x") == "true # of a rm x\n"
    assert filled(page, "powershell", ["1 # of ", 1, "\n"], "a\nrm x") == "1 # of a rm x\n"
    # There are shells that take no comments where commands are typed.
    assert filled(page, "bash", ["true # of ", 1, "\n"], "a; rm x") is None


def test_a_name_that_stays_may_make_what_follows_unsure(page: Any) -> None:
    def texts(name: str, value: str) -> list[str | None]:
        given: list[str | None] = page.evaluate(
            "([parts, value, names]) => kbQuoting.filled('bash', parts, new Map([[2, value]]), names)",
            [["grep ", 1, " a; grep ", 2, " a"], value, [name, "<b>"]],
        )
        return given

    assert texts("<user name>", "x y") == [None, "'x y'"]
    assert texts("<nom de l'utilisateur>", "x y") == [None, None]
    assert texts("<nom de l'utilisateur>", "17") == [None, "17"]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (["sed -n '/", 1, "/p' log"], "x/wout/"),
        (["su - postgres -c \"psql -c 'DELETE FROM q WHERE id=", 1, "'\""], "1 or 1"),
        (["ID=", 1, '\nmysql -e "DELETE FROM q WHERE id = $ID"'], "1 or 1=1"),
        (["ID=", 1, '\nmysql -e "DELETE FROM q WHERE id = $ID"'], "id"),
        (["FILE=", 1, "\nrm $FILE"], "-rf out"),
        (["FILE=", 1, "\nrm $FILE"], "a b"),
        (["find ", 1, " -name core"], "-delete"),
    ],
)
def test_words_that_mean_something_stay_out(page: Any, parts: list[Part], value: str) -> None:
    assert filled(page, "bash", parts, value) is None


@pytest.mark.parametrize("language", ["bash", "powershell", "batch", "sql", "text"])
def test_a_value_of_nothing_leaves_the_name(page: Any, language: str) -> None:
    assert filled(page, language, ["x '", 1, "'"], "") is None


def test_what_no_terminal_takes_is_left_out(page: Any) -> None:
    assert filled(page, "bash", ["echo ", 1], "a\x1b[2Jb") is None
    assert filled(page, "powershell", ["echo ", 1], "a\0b") is None
    assert filled(page, "text", ["show log ", 1], "a\nreload") is None
    assert filled(page, "text", ["show log ", 1], "a b; c") == "show log a b; c"
