"""The Debian package on a machine: installed with apt, started, confined, saved, upgraded, removed, purged.

In a copy of this machine with its own systemd (`harness/machine.py`), which leaves nothing behind.
"""

import json
import posixpath
import re
import shutil
import subprocess
import time

import pytest
from harness.machine import Machine
from harness.places import BINARY, ROOT

UNIT = "essaim.service"
NAME = "essaim.deb"
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "--option", "APT::Sandbox::User=root")


@pytest.fixture(scope="module")
def package():
    if obstacle := Machine.obstacle():
        pytest.skip(obstacle)
    made = subprocess.run(
        ["scripts/package", "--binary", BINARY], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stderr
    return ROOT / made.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def machine(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    carried = shutil.copyfile(package, folder.with_name(NAME))
    copy = Machine(folder, carried)
    try:
        copy.start()
        yield copy
    finally:
        copy.stop()


def get(machine, path="/"):
    """(status, text) of a page of the site, asked on its machine; waits until somebody answers."""
    ask = (
        "import sys, urllib.request, urllib.error\n"
        "try: answer = urllib.request.urlopen('http://127.0.0.1:8080' + sys.argv[1], timeout=10)\n"
        "except urllib.error.HTTPError as refusal: answer = refusal\n"
        "except OSError: sys.exit(7)\n"
        "print(answer.status); print(answer.read().decode())"
    )
    for _ in range(200):
        done = machine.run("/usr/bin/python3", "-I", "-c", ask, path, check=False)
        if done.returncode != 7:
            status, _, text = done.stdout.partition("\n")
            return int(status), text
        time.sleep(0.1)
    raise AssertionError(machine.run("journalctl", "--unit", UNIT, "--no-pager").stdout)


def owner(machine, path):
    return machine.run("stat", "--format", "%U:%G %a", path).stdout.strip()


def start(machine, unit):
    done = machine.run("systemctl", "start", unit, check=False)
    assert done.returncode == 0, machine.run("journalctl", "--unit", unit, "--no-pager", "--lines", "30").stdout


def backups(machine, kind):
    return machine.shell(f"ls /var/backups/essaim | grep -- '-{kind}-' || true").split()


def test_apt_installs_it_and_it_serves(machine):
    said = machine.run(*INSTALL, f"/root/{NAME}").stdout
    assert machine.is_active(UNIT) and machine.is_active("essaim-backup.timer"), said
    assert machine.run("systemctl", "is-enabled", UNIT).stdout.strip() == "enabled"
    assert get(machine)[0] == 200
    assert owner(machine, "/var/lib/essaim") == "essaim:essaim 700"
    assert owner(machine, "/var/lib/essaim/essaim.sqlite") == "essaim:essaim 600"
    assert owner(machine, "/etc/essaim/essaim.conf") == "root:essaim 640"
    listening = machine.shell("cat /proc/net/tcp")
    assert " 0100007F:1F90 00000000:0000 0A " in listening and " 00000000:1F90 " not in listening


def test_the_links_of_the_installed_manual_lead_somewhere(machine):
    there = set(machine.shell("find /usr/share/doc/essaim -type f").split())
    lost = []
    for page in sorted(file for file in there if "/manuel/" in file):
        targets = re.findall(r"\]\(([^)#:]+)[^):]*\)", machine.shell(f"cat {page}"))
        lost += [(page, target) for target in targets if posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) not in there]
    assert lost == []


def test_the_first_account_is_made_by_the_address_of_the_journal(machine):
    """With the very command that the package and the manual give."""
    command = re.search(r"sudo (journalctl .*)\"", (ROOT / "packaging/debian/postinst").read_text())[1]
    assert f"sudo {command}" in (ROOT / "docs/exploitation/installer.md").read_text()
    address = machine.shell(command).strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/\S+", address), address
    assert get(machine, address.removeprefix("http://127.0.0.1:8080"))[0] == 200


def test_the_service_can_do_little_else(machine):
    pid = machine.run("systemctl", "show", "--property", "MainPID", "--value", UNIT).stdout.strip()
    status = dict(line.split(":\t", 1) for line in machine.shell(f"cat /proc/{pid}/status").splitlines() if ":\t" in line)
    assert machine.run("ps", "-o", "user=", "-p", pid).stdout.strip() == "essaim"
    assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2" and int(status["CapBnd"], 16) == 0
    assert machine.run("systemd-analyze", "verify", "/lib/systemd/system/essaim.service").stdout.strip() == ""
    machine.run("systemd-analyze", "security", "--threshold=20", UNIT)
    machine.run("systemd-analyze", "security", "--threshold=20", "essaim-backup.service")


@pytest.mark.parametrize(
    "name, script",
    [
        ("images", "echo 'P2 2 2 255 0 90 180 255' >a.pgm; vipsthumbnail a.pgm --size 1 -o b.png; test -s b.png"),
        ("papers", "echo '= Bonjour' >a.typ; /usr/share/essaim/typst/bin/python3 -I -c "
         "'import typst; typst.compile(\"a.typ\", output=\"a.pdf\")'; head -c 4 a.pdf | grep -q PDF"),
        ("archives", "echo x >a; tar -cf a.tar a; tar --no-same-owner --no-same-permissions -xf a.tar"),
        ("nothing else", "! touch /etc/x && ! touch /usr/x && ! ls /root && ! cat /home/x && ! unshare --user true"),
    ],
)
def test_the_tools_work_where_the_service_is_confined(machine, name, script):
    """Under the same lines as the unit, whatever systemd forbids by them."""
    unit = (ROOT / "packaging/systemd/essaim.service").read_text()
    unit = re.sub(r"(?m)^(Restart.*|Type=.*)\n", "", unit)
    inside = "cd $(mktemp -d) && " + script.replace("%", "%%")
    command = f"ExecStart=/usr/bin/prlimit --core=0 --nofile=256 /usr/bin/timeout 60 /bin/sh -e -c '{{}}'\nType=oneshot"
    unit = re.sub(r"(?m)^ExecStart=.*$", lambda _: command.format(inside.replace("\\", "\\\\").replace("'", "\\'").replace("$", "$$")), unit)
    machine.run("sh", "-c", f"cat >/run/systemd/system/essaim-trial.service <<'END'\n{unit}\nEND\nsystemctl daemon-reload")
    start(machine, "essaim-trial.service")


def test_a_wrong_setting_stops_it_once_with_its_sentence(machine):
    machine.shell("echo 'couleur = bleu' >>/etc/essaim/essaim.conf")
    machine.run("systemctl", "restart", UNIT, check=False)
    for _ in range(100):
        if machine.run("systemctl", "is-failed", UNIT, check=False).stdout.strip() == "failed":
            break
        time.sleep(0.1)
    assert machine.run("systemctl", "show", "--property", "NRestarts,ExecMainStatus", UNIT).stdout.split() == [
        "NRestarts=0", "ExecMainStatus=78"]
    assert "/etc/essaim/essaim.conf, ligne " in machine.run("journalctl", "--unit", UNIT, "--lines", "5", "--no-pager").stdout
    assert "« couleur » est inconnu" in machine.run("journalctl", "--unit", UNIT, "--lines", "5", "--no-pager").stdout
    machine.shell("sed -i '/couleur/d' /etc/essaim/essaim.conf; systemctl restart essaim")
    assert get(machine)[0] == 200


def test_a_killed_server_comes_back_and_a_stopped_one_ends_well(machine):
    machine.run("systemctl", "kill", "--signal=KILL", "--kill-whom=main", UNIT)
    assert get(machine)[0] == 200
    machine.run("systemctl", "stop", UNIT)
    assert machine.run("systemctl", "show", "--property", "Result,ExecMainStatus", UNIT).stdout.split() == [
        "Result=success", "ExecMainStatus=0"]
    start(machine, UNIT)


def test_a_backup_of_the_night_is_put_back(machine):
    machine.shell("echo 'name = Un essai' >>/etc/essaim/essaim.conf; systemctl restart essaim")
    assert "Un essai" in get(machine)[1]
    machine.shell("install -o essaim -m 0600 /dev/null /var/lib/essaim/erasures.log")
    start(machine, "essaim-backup.service")
    [archive] = backups(machine, "daily")
    machine.run("essaim-site", "person", "add", "--name", "Une Personne", "--email", "une@exemple.org", "--role", "administrator")
    machine.shell("rm /var/lib/essaim/erasures.log")
    machine.shell("sed -i s/essai$/autre/ /etc/essaim/essaim.conf; printf '%064d\\n' 7 >/var/lib/essaim/essaim.key")
    said = machine.shell(f"cd /var/backups/essaim && essaim-restore {archive}")
    assert "essaim.conf.restored" in said and "Un essai" in machine.shell("cat /etc/essaim/essaim.conf.restored")
    assert get(machine)[0] == 200 and machine.shell("cat /var/lib/essaim/essaim.key").strip() == f"{7:064d}"
    assert "essaim.key" not in said and "erasures.log sont appliqués de nouveau" in said and "remettez" not in said
    assert owner(machine, "/var/lib/essaim/erasures.log") == "essaim:essaim 600"
    # The account made after the backup is not there any more: it may be made again, as may nothing that exists.
    machine.run("essaim-site", "person", "add", "--name", "Une Personne", "--email", "une@exemple.org", "--role", "administrator")
    machine.run("essaim-site", "check")
    assert machine.shell("find /var/lib/essaim ! -user essaim ! -name essaim.conf") == ""
    assert len(machine.shell("ls -d /var/lib/essaim.before-*").split()) == 1
    machine.shell("rm -r /var/lib/essaim.before-*")
    broken = machine.shell("cd /var/backups/essaim; head -c 9000 essaim-daily-*.tar >broken.tar; echo broken.tar").strip()
    assert machine.run("essaim-restore", f"/var/backups/essaim/{broken}", check=False).returncode != 0
    assert get(machine)[0] == 200 and machine.shell("ls -d /var/lib/essaim[.-]* || true 2>&1").startswith("ls:")
    machine.shell("rm /var/backups/essaim/broken.tar")


def test_a_restoration_on_a_machine_without_the_secrets_accuses_no_backup(machine):
    """As on a new machine: the password of the mail server is still in the safe."""
    machine.shell("cp -p /etc/essaim/essaim.conf /root/kept.conf; cp -a /var/lib/essaim/erasures.log /root/")
    lines = "smtp_server = smtp.exemple.org\nmail_from = essaim@exemple.org\nsmtp_password_file = /etc/essaim/courriel.secret\n"
    machine.shell(f"printf '{lines}' >>/etc/essaim/essaim.conf; essaim-site backup --to /var/backups/essaim/secret.tar; cp -p /root/kept.conf /etc/essaim/essaim.conf")
    machine.shell("rm -f /var/lib/essaim/essaim.key /var/lib/essaim/erasures.log /var/backups/essaim/erasures.log")
    said = machine.shell("essaim-restore /var/backups/essaim/secret.tar 2>&1")
    assert "défauts" not in said and "essaim.conf.restored" in said and "Tout va bien" in said
    assert "Remettez essaim.key" in said and "Aucun journal des effacements" in said
    assert get(machine)[0] == 200
    machine.shell("rm -r /var/lib/essaim.before-* /var/backups/essaim/secret.tar /etc/essaim/essaim.conf.restored; mv /root/erasures.log /var/lib/essaim/")


def test_a_backup_is_made_from_any_folder_under_a_name_typed_as_one_likes(machine):
    machine.shell("cd /root && essaim-site backup --to /var/backups/essaim/avant-travaux.tar")
    machine.shell("cd /var/backups/essaim && essaim-site backup --to avant.tar && test -s avant-travaux.tar && test -s avant.tar")
    machine.shell("cd /root && essaim-site restore --from /var/backups/essaim/avant.tar --data /var/lib/essaim/essai && rm -r /var/lib/essaim/essai")
    refused = machine.run("sh", "-c", "cd /root && essaim-site backup --to ici.tar", check=False)
    assert refused.returncode == 74 and "ne peut pas écrire dans « /root »" in refused.stdout, refused.stdout
    refused = machine.run("sh", "-c", "cd /root && touch x.yaml && essaim-site programme import x.yaml", check=False)
    assert refused.returncode == 77 and "« essaim » n'a pas le droit de lire" in refused.stdout, refused.stdout
    machine.shell("rm /var/backups/essaim/avant*.tar /root/x.yaml")


def test_the_maildir_of_the_manual_is_read_where_the_service_is_confined(machine):
    page = (ROOT / "docs/exploitation/courriel.md").read_text()
    made = re.search(r"(?m)^sudo (install --directory .*essaim-notes.*)$", page)[1]
    unit = re.search(r"\[Service\]\nReadWritePaths=.*\n", page)[0]
    machine.shell("echo 'mail_folder = /var/mail/essaim-notes' >>/etc/essaim/essaim.conf; systemctl restart essaim")
    # Not there yet: the site serves, and says what to do.
    assert get(machine)[0] == 200
    assert "les courriels reçus ne sont pas lus" in said_within(machine, "les courriels reçus")
    machine.run("bash", "-c", made)
    machine.shell(f"mkdir -p /etc/systemd/system/essaim.service.d; printf '{unit}' >/etc/systemd/system/essaim.service.d/override.conf")
    machine.shell("systemctl daemon-reload; systemctl restart essaim")
    assert get(machine)[0] == 200
    machine.shell("printf 'From: x@exemple.org\\nTo: y@exemple.org\\nSubject: Z\\n\\nBonjour\\n' >/var/mail/essaim-notes/new/1.a.b; chown essaim: /var/mail/essaim-notes/new/1.a.b")
    for _ in range(300):
        if machine.shell("ls /var/mail/essaim-notes/cur"):
            break
        time.sleep(0.1)
    assert machine.shell("ls /var/mail/essaim-notes/cur /var/mail/essaim-notes/new").count("1.a.b") == 1
    machine.shell("sed -i /mail_folder/d /etc/essaim/essaim.conf; rm -r /etc/systemd/system/essaim.service.d /var/mail/essaim-notes; systemctl daemon-reload; systemctl restart essaim")
    assert get(machine)[0] == 200


def said_within(machine, words, patience=30):
    """The journal of the service, once it has said this."""
    began = time.monotonic()
    while words not in (said := machine.run("journalctl", "--unit", UNIT, "--no-pager", "--lines", "20").stdout):
        assert time.monotonic() - began < patience, said
        time.sleep(0.2)
    return said


def test_old_backups_go_and_the_last_ones_stay(machine):
    machine.shell(
        "cd /var/backups/essaim; for d in 1 2 3 4 5; do touch -d '40 days ago' essaim-daily-2020-01-0${d}T000000Z.tar; done")
    start(machine, "essaim-backup.service")
    assert [name[:23] for name in backups(machine, "daily")][:1] == ["essaim-daily-2020-01-05"]
    assert len(backups(machine, "daily")) == 3


def test_an_upgrade_saves_the_site_first_or_does_nothing(machine):
    machine.shell(
        f"cd /root; dpkg-deb --raw-extract {NAME} next; sed -i 's/^Version: .*/Version: 99-1/' next/DEBIAN/control; "
        "dpkg-deb --root-owner-group -Znone --build next next.deb; rm -r next")
    machine.shell("mount -t tmpfs -o size=8k,uid=essaim,mode=700 tmpfs /var/backups/essaim")
    refused = machine.run(*INSTALL, "/root/next.deb", check=False)
    assert refused.returncode != 0 and "rien n'est changé" in refused.stdout
    machine.shell("umount /var/backups/essaim")
    assert machine.is_active(UNIT) and get(machine)[0] == 200
    assert machine.shell("dpkg-query -W -f '${Status} ${Version}' essaim").startswith("install ok installed 0")

    machine.run(*INSTALL, "/root/next.deb")
    assert machine.shell("dpkg-query -W -f '${Status} ${Version}' essaim") == "install ok installed 99-1"
    assert len(backups(machine, "before-upgrade")) == 1
    assert machine.is_active(UNIT) and get(machine)[0] == 200
    assert "name = Un autre" in machine.shell("cat /etc/essaim/essaim.conf")


def test_removing_keeps_the_data_and_the_settings(machine):
    machine.run("apt-get", "remove", "--yes", "essaim")
    assert not machine.is_active(UNIT)
    left = machine.traces("essaim")
    assert "/var/lib/essaim/essaim.sqlite" in left and "/etc/essaim/essaim.conf" in left
    assert not [path for path in left if path.startswith(("/usr/", "/lib/"))], left
    machine.run(*INSTALL, "/root/next.deb")
    assert get(machine)[0] == 200


def test_purging_removes_all_but_what_people_wrote(machine):
    machine.shell("mkdir -p /var/lib/essaim.before-x/files; touch /etc/restic-essaim.env /etc/systemd/system/essaim-check.timer")
    said = machine.run("apt-get", "purge", "--yes", "essaim").stdout
    gone = "rm -r /var/lib/essaim /var/backups/essaim /var/lib/essaim.before-x && sudo deluser --system essaim"
    assert f"sudo {gone}" in said
    assert "faits à la main : /etc/restic-essaim.env /etc/systemd/system/essaim-check.timer" in said
    machine.shell("rm /etc/restic-essaim.env /etc/systemd/system/essaim-check.timer")
    left = [path for path in machine.traces("essaim") if not path.startswith(("/var/lib/essaim", "/var/backups/essaim"))]
    assert left == [], left
    machine.shell(gone.replace("sudo ", ""))
    assert "essaim" not in machine.shell("cat /etc/passwd /etc/group")
    assert machine.traces("essaim") == []
    assert json.loads(machine.run("systemctl", "list-units", "--all", "--output=json", "essaim*").stdout) == []
