"""Commands in articles that only the names of programs tell, and sentences that begin with such names."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import drafted

from kb_gen.importers import FORMATS, Reading
from kb_gen.importers.formats.article_command_lines import program_shell
from kb_gen.importers.formats.article_command_names import BOTH
from kb_gen.model import Command

HEAD = "Event ID: 7\nSource: Thing\n\nExplanation\n\nIt is the end of the world.\n\nResolution\n\n"

COMMANDS = {
    "cmd": r"""
        ipconfig /all
        IPCONFIG /ALL
        ipconfig
        chkdsk C: /f
        Dism.exe /Online /Cleanup-Image /RestoreHealth
        sfc /scannow
        net stop w3svc && net start w3svc
        net start "Print Spooler"
        net use Z: \\server\share
        net user admin /active:yes
        sc config spooler start= auto
        netsh advfirewall set allprofiles state on
        reg add HKLM\Software\X /v Y /t REG_DWORD /d 1 /f
        wevtutil qe System /c:5 /rd:true /f:text
        eseutil /mh "C:\Program Files\priv1.edb"
        copy C:\a.txt D:\b.txt
        dir /s *.log
        setup.exe /PrepareAD
        find /i "error" C:\log.txt
    """,
    "bash": """
        systemctl restart nginx
        sudo systemctl restart nginx.service
        sudo acme-agent --flush
        journalctl -u nginx --since today
        service nginx restart
        df -h
        du -sh /var/*
        ps aux | grep nginx
        tail -n 50 /var/log/mail.log | grep error
        cat /etc/hosts
        find . -type f -name "*.log" -delete
        kill -9 1234
        ufw allow from 10.0.0.1 to any port 22
        kubectl logs --previous web-0
        openssl s_client -connect mail:443
        dmesg | tail
    """,
    BOTH: """
        netstat -ano
        telnet mail 25
        telnet mail.contoso.com 25
        ping 10.0.0.1
        nslookup -type=mx contoso.com
        kubectl get pods -n monitoring
        curl https://contoso.example/health
        mysql -u root -p
    """,
}
SENTENCES = """
    Net income fell
    net income fell
    net use of cash
    net 30 days
    find the file
    find files in C:\\Temp
    find & replace
    copy the file to C:\\Temp
    copy files C:\\Temp
    ipconfig shows the addresses
    ipconfig shows the addresses.
    netstat -ano, which shows them
    netstat -ano zeigt die Verbindungen
    chkdsk C: /f ausführen
    chkdsk (see below)
    Telnet Client installieren
    Telnet deaktivieren
    telnet
    telnet mail 25 and look at the answer
    Ping server01
    ping the server
    ping, tracert and nslookup
    systemctl restarts the service
    systemctl reference
    docker start fails
    git merge conflicts are not resolved
    nginx 1.25
    java 8
    hostname = 'localhost'
    setup.exe version 5
    w3wp.exe
    Make -j4 work
    free disk space on C:
    sort by name
    service desk status page
    dir C:\\Temp zeigen
    du musst C:\\Temp löschen
    move C:\\Logs nach D:\\Logs
    kill process 1234
    mount the database /var
    last 10 lines
    Run ipconfig /all
    sudo rights are necessary
""".strip().split("\n")


@pytest.mark.parametrize(("shell", "line"), [(key, line) for key in COMMANDS for line in COMMANDS[key].split("\n")])
def test_programs_are_known_by_their_names_and_arguments(shell: str, line: str) -> None:
    assert program_shell(line.strip()) == (shell if line.strip() else "")


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_about_programs_are_no_commands(line: str) -> None:
    assert program_shell(line.strip()) == ""


def test_a_very_long_line_is_none() -> None:
    assert program_shell("ipconfig" + " /all" * 1000) == ""


def test_a_line_of_its_own_is_a_command_of_its_step(tmp_path: Path) -> None:
    text = "1. Look at the addresses:\n   ipconfig /all\n2. Look at the disk:\n\n   chkdsk C: /f\n\n   It takes long.\n"
    addresses, disk = drafted(tmp_path, HEAD + text)
    assert (addresses.text, addresses.commands) == ("Look at the addresses:", (Command("cmd", "ipconfig /all"),))
    assert (disk.text, disk.note) == ("Look at the disk:", "It takes long.")
    assert disk.commands == (Command("cmd", "chkdsk C: /f"),)


def test_a_line_that_goes_on_with_a_sentence_is_none(tmp_path: Path) -> None:
    text = "Open a prompt and run\nipconfig /all\nas administrator.\n"
    (action,) = drafted(tmp_path, HEAD + text)
    assert (action.text, action.commands) == ("Open a prompt and run ipconfig /all as administrator.", ())


@pytest.mark.parametrize(
    ("words", "shell", "line"),
    [
        ("Clear the cache", "cmd", "ipconfig /flushdns"),
        ("Restart nginx", "bash", "systemctl restart nginx"),
        ("Enable it", "cmd", 'reg add "HKLM\\SOFTWARE\\MyApp" /v Enabled /t REG_DWORD /d 1 /f'),
        ("Use curl", "cmd", "curl -fsS https://contoso.example/health"),
    ],
)
@pytest.mark.parametrize("form", ["1. {}\n   {}\n2. End.\n", "1. {}\n{}\n2. End.\n", "{}\n{}\n\nEnd.\n"])
def test_a_step_without_a_full_stop_has_its_command_below(
    tmp_path: Path, words: str, shell: str, line: str, form: str
) -> None:
    step, end = drafted(tmp_path, HEAD + form.format(words, line))
    assert (step.text, step.commands, end.text) == (words, (Command(shell, line),), "End.")


def test_a_command_in_a_message_stays_there(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "Event ID: 7\nSource: Thing\nMessage Text: Clear the cache\nipconfig /flushdns\n\nCause\n\nIt is old.\n"
    )
    (event,) = FORMATS["article"].read([file], Reading("tool")).events
    assert event.record.message == "Clear the cache\nipconfig /flushdns"


@pytest.mark.parametrize("words", ["Entfernen Sie ihn:", "Remove it"])
def test_what_a_program_asks_for_stands_below_it(tmp_path: Path, words: str) -> None:
    text = f"1. {words}\n   ntdsutil\n   metadata cleanup\n   connect to server DC02\n   Das dauert.\n"
    (step,) = drafted(tmp_path, HEAD + text)
    assert (step.text, step.note) == (words, "Das dauert.")
    assert step.commands == (Command("cmd", "ntdsutil\nmetadata cleanup\nconnect to server DC02"),)


def test_commands_go_on_behind_the_sign_for_that(tmp_path: Path) -> None:
    text = (
        "Copy them:\nrobocopy C:\\a D:\\b ^\n  /mir\nnet start spooler\n\nLook into it:\n\nC:\\Temp\\\n\nIt is there.\n"
    )
    copy, look, _ = drafted(tmp_path, HEAD + text)
    assert copy.commands == (Command("cmd", "robocopy C:\\a D:\\b ^\n/mir\nnet start spooler"),)
    assert not look.commands


@pytest.mark.parametrize(("named", "shell"), [("the server", "cmd"), ("the Linux server", "bash")])
def test_what_both_have_is_run_where_the_article_is_about(tmp_path: Path, named: str, shell: str) -> None:
    (action,) = drafted(tmp_path, f"{HEAD}On {named}, run this:\n\nnetstat -ano\n")
    assert action.commands == (Command(shell, "netstat -ano"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>Run it:</p><p><code>ipconfig /all</code></p>"),
        ("a.html", "<p>Run it:</p><p><b>ipconfig /all</b></p>"),
        ("a.html", "<p>Run it:</p><pre>ipconfig /all</pre>"),
        ("a.html", "<p>Run it:<br><code>ipconfig /all</code></p>"),
        ("a.md", "Run it:\n\n`ipconfig /all`\n"),
        ("a.md", "Run it:\n\n    ipconfig /all\n"),
    ],
)
def test_a_paragraph_that_is_a_command_is_one_in_every_form(tmp_path: Path, name: str, text: str) -> None:
    head = "# Thing 7\n\n## Explanation\n\nIt broke.\n\n## Resolution\n\n"
    if name == "a.html":
        head = "<h1>Thing 7</h1><h2>Explanation</h2><p>It broke.</p><h2>Resolution</h2>"
    (action,) = drafted(tmp_path, head + text, name)
    assert (action.text, action.commands) == ("Run it:", (Command("cmd", "ipconfig /all"),))


def test_a_command_with_what_it_shows_stays_a_block_of_code(tmp_path: Path) -> None:
    text = "# Thing 7\n\n## Explanation\n\nIt broke.\n\n## Resolution\n\nRun it:\n\n    ping 10.0.0.1\n    No answer.\n"
    (action,) = drafted(tmp_path, text, "a.md")
    assert not action.commands
    assert action.text.endswith("```\nping 10.0.0.1\nNo answer.\n```")


def test_a_step_that_is_nothing_but_a_command_says_to_run_it(tmp_path: Path) -> None:
    (action,) = drafted(tmp_path, f"{HEAD}ipconfig /flushdns\n")
    assert (action.text, action.commands) == ("Run this command:", (Command("cmd", "ipconfig /flushdns"),))


def test_a_german_article_says_so_in_german(tmp_path: Path) -> None:
    text = "Ereignis-ID: 7\nQuelle: Ding\n\nErläuterung\n\nDer Dienst ist nicht da.\n\nLösung\n\nipconfig /flushdns\n"
    (action,) = drafted(tmp_path, text)
    assert (action.text, action.commands) == ("Führen Sie diesen Befehl aus:", (Command("cmd", "ipconfig /flushdns"),))
