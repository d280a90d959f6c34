"""Programs of Windows and Unix that administrators call, and what their names alone don't prove."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ARGUMENT_WORDS", "BOTH", "CALLED_ALONE", "NET", "PROSE", "SHELLS", "SUBCOMMANDS", "WITH_VALUES", "WORDS"]

BOTH = "both"
"""The shell of a program that Windows and Unix have alike."""

_CMD = (
    "appcmd attrib auditpol bcdboot bcdedit bitsadmin bootrec cacls certreq certutil chkdsk chkntfs cipher cleanmgr "
    "cmdkey cscript csvde dcdiag dcpromo dfsrdiag dfsutil diskpart dism dnscmd driverquery dsquery eseutil fsutil "
    "getmac gpresult gpupdate icacls iisreset ipconfig isinteg klist ktpass ldifde lodctr logman manage-bde "
    "mountvol msiexec msinfo32 nbtstat netdom netsh nltest ntdsutil pathping pnputil portqry powercfg quser qwinsta "
    "reagentc reg regsvr32 repadmin robocopy rundll32 sc schtasks secedit setspn setx sfc shutdown sqlcmd "
    "systeminfo takeown taskkill tasklist tracert typeperf tzutil vssadmin w32tm wbadmin wevtutil winrm winrs wmic "
    "winget wusa xcopy"
)
_BASH = (
    "apachectl apt apt-get awk blkid btrfs certbot chgrp chmod chown chronyc chronyd crictl crontab dig dmesg dnf "
    "docker-compose dpkg etcdctl ethtool fdisk firewall-cmd fsck getenforce getfacl getsebool grep haproxy htop "
    "ifconfig iostat iotop ip ip6tables iptables journalctl kinit lsblk lsof lspci lsusb lvextend lvs mailq mdadm "
    "mkdir nc nft nginx nmap nmcli openssl pg_ctl pg_dump pg_isready pgrep pkill postconf postfix postmap postqueue "
    "postsuper promtool ps pvs rabbitmqctl redis-cli resize2fs resolvectl rpm rsync sed semanage service sestatus "
    "setenforce setfacl setsebool smartctl snap ss strace swapoff swapon sysctl systemctl tcpdump testparm "
    "timedatectl traceroute ufw umount usermod vgs vmstat wget xfs_repair yum zpool zypper"
)
_EITHER = (
    "amtool arp aws curl docker dotnet ftp git helm hostname java kubectl mongosh mysql mysqladmin mysqlcheck "
    "mysqldump netstat npm nslookup oc ping pip podman psql python route scp sftp ssh telnet terraform whoami"
)
_WORDS_OF_CMD = "copy del dir expand findstr move net rename type"
_WORDS_OF_BASH = "cat cp cut df du free head host kill last less ln ls make mount mv rm tail tar top touch watch"
_WORDS_OF_BOTH = "cd echo find sort"
_ALONE = (
    "dcdiag diskpart dmesg gpupdate iisreset ipconfig lsblk mailq msinfo32 netstat ntdsutil quser qwinsta sestatus "
    "systeminfo tasklist whoami"
)
_VALUES = (
    "arp chgrp chmod chown curl dig ftp grep nc nmap nslookup pathping ping portqry scp sed sftp ssh sysctl telnet "
    "traceroute tracert wget"
)
_NET = "accounts group localgroup session share use user view"
_ARGUMENTS = "a all any as at by for from in is no not off on or to with"
_ENGLISH = (
    "again an and are be been before but can cannot command commands could does fails first has have how if instead "
    "it its may must of option options output reports returns should shows switch that the their them then these "
    "this tool until using utility was were when where which while will without you your"
)
_GERMAN = (
    "als am auf aufrufen aus ausführen beenden befehl bei beim bis das dass dem den der des die dies diese dieser "
    "durch ein eine einem einen einer eines eingeben erneut fehlt für gibt hat ihr ihre im installieren ist kann "
    "können liefert mit muss müssen nach nicht nutzen oder prüfen sich sie sind sollte starten testen um und "
    "verwenden von wenn werden wird wurde zeigt zu zum zur über öffnen"
)


def _in_shells(shells: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: shell for names, shell in shells.items() for name in names.split()})


WORDS = _in_shells({_WORDS_OF_CMD: "cmd", _WORDS_OF_BASH: "bash", _WORDS_OF_BOTH: BOTH})
"""Programs whose names are words of English or German, too, or as short as one; and their shells."""

SHELLS = MappingProxyType({**_in_shells({_CMD: "cmd", _BASH: "bash", _EITHER: BOTH}), **WORDS})
"""All programs, and their shells."""

CALLED_ALONE = frozenset(_ALONE.split())
"""Programs that are called without arguments; protocols and products aren't among them, which stand in lists."""

WITH_VALUES = frozenset(_VALUES.split())
"""Programs that are called with a bare number or address; behind the names of others it is their version."""

NET = frozenset(_NET.split())
"""Subcommands of `net` that prove nothing, as there is a net use, and a net view, of many things."""

ARGUMENT_WORDS = frozenset(_ARGUMENTS.split())
"""Words of sentences that some programs have for arguments, too: `ufw allow from any to any`."""

PROSE = ARGUMENT_WORDS | frozenset(_ENGLISH.split()) | frozenset(_GERMAN.split())
"""Words of which sentences about programs are made."""

SUBCOMMANDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(words.split())
        for name, words in {
            "apachectl": "configtest graceful restart start status stop",
            "appcmd": "add delete list recycle reset set start stop",
            "apt": "install list purge remove search show update upgrade",
            "apt-get": "autoremove check clean install purge remove update upgrade",
            "chronyc": "makestep sources sourcestats tracking",
            "dnf": "clean install list remove update upgrade",
            "docker": "compose exec image images info inspect kill logs network ps pull restart rm run "
            "start stats stop system volume",
            "docker-compose": "build down exec logs ps pull restart start stop up",
            "fsutil": "behavior dirty file fsinfo quota repair resource usn volume",
            "git": "checkout clone commit diff fetch log merge pull push rebase reset restore stash status",
            "helm": "get history install list repo rollback status uninstall upgrade",
            "ip": "addr address link neigh neighbour route rule",
            "klist": "get purge sessions tgt tickets",
            "kubectl": "annotate apply auth cluster-info config cordon cp create delete describe drain "
            "edit exec explain get label logs patch port-forward rollout run scale set taint "
            "top uncordon version",
            "logman": "create delete query start stop update",
            "mysqladmin": "flush-hosts ping processlist shutdown status variables",
            "net": "continue pause start stop",
            "netdom": "computername join query remove reset resetpwd trust verify",
            "netsh": "advfirewall dhcp dump http int interface ipsec lan trace winhttp winsock wlan",
            "nmcli": "connection device general radio",
            "npm": "ci install run start test",
            "oc": "adm apply delete describe edit exec get login logs rollout rsh scale",
            "pip": "check freeze install list show uninstall",
            "podman": "exec images inspect logs ps pull restart rm run start stop",
            "postfix": "check flush reload start status stop",
            "promtool": "check query test tsdb",
            "ps": "aux auxf auxww",
            "rabbitmqctl": "cluster_status list_connections list_queues start_app status stop_app",
            "redis-cli": "info monitor ping",
            "reg": "add copy delete export import query",
            "resolvectl": "flush-caches query statistics status",
            "route": "add delete print",
            "sc": "config create delete failure qc query queryex start stop",
            "snap": "install list refresh remove",
            "systemctl": "cat daemon-reload disable edit enable is-active is-enabled is-failed kill "
            "list-timers list-units mask reload reset-failed restart show start status stop "
            "unmask",
            "timedatectl": "set-ntp set-time set-timezone status",
            "ufw": "allow delete deny disable enable reload status",
            "vssadmin": "add delete list resize",
            "wbadmin": "delete disable enable get start stop",
            "wevtutil": "cl el epl gl gli qe sl",
            "winget": "install list search show uninstall upgrade",
            "winrm": "delete enumerate get invoke qc quickconfig set",
            "wmic": "bios computersystem cpu diskdrive logicaldisk memorychip nic os process product qfe service",
            "yum": "clean install list remove update upgrade",
            "zpool": "clear import list scrub status",
            "zypper": "install refresh remove search update",
        }.items()
    }
)
"""What programs are told first: their own words, which prove that they are called."""
