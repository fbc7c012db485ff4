"""A copy of this machine that forgets: its disk under a layer in memory, its own systemd, no network but its loopback."""

import os
import shutil
import subprocess
import time
from pathlib import Path

# Runs in new namespaces, becomes the systemd of the copy. $1: an empty folder; $2: a file that the copy finds in /root.
BOOT = r"""
set -e
mount --make-rprivate /
mount -t tmpfs -o size=3g tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
root=$1/root
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
for folder in run tmp var/tmp; do mount -t tmpfs tmpfs "$root/$folder"; done
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
# Devices of its own: systemd changes the rights of its console, which must not be those of the machine.
while read -r device minor; do mknod -m 666 "$root/dev/$device" c 1 "$minor"; done <<'DEVICES'
null 3
zero 5
full 7
random 8
urandom 9
DEVICES
mknod -m 666 "$root/dev/tty" c 5 0
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mknod -m 600 "$root/dev/console" c 1 3
echo uninitialized >"$root/etc/machine-id"
# Only what a package starts runs here, beside the journal.
for unit in systemd-networkd-wait-online NetworkManager-wait-online ifupdown-wait-online systemd-networkd networking \
    systemd-udevd systemd-timesyncd postgresql nginx; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
done
rm -rf "$root/var/log/journal"
# Who makes images of machines forbids services to start while they are made: this one runs.
rm -f "$root/usr/sbin/policy-rc.d"
cp "$2" "$root/root/"
hostname copy
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" /lib/systemd/systemd --system --unit=sysinit.target
"""


class Machine:
    """`start()`, then `run(command…)` as its root; `stop()` forgets all of it."""

    def __init__(self, folder, carried):
        self.folder = Path(folder)
        self.carried = Path(carried)
        self.group = None
        self.process = None
        self.pid = None

    @staticmethod
    def obstacle():
        """Why this machine cannot be copied; None when it can."""
        if os.geteuid() != 0:
            return "only root can copy the machine"
        if not Path("/lib/systemd/systemd").exists():
            return "systemd is not installed"
        if not Machine.groups():
            return "control groups (version 2) are not mounted"
        layers = Path("/proc/filesystems").read_text()
        if "overlay" not in layers and subprocess.run(["modprobe", "overlay"], capture_output=True).returncode:
            return "the kernel has no overlay file system"
        return None

    @staticmethod
    def groups():
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
        return next((Path(place) for _, place, kind, *_ in mounts if kind == "cgroup2"), None)

    def start(self, patience=60):
        self.group = self.groups() / f"essaim-test-{os.getpid()}"
        self.group.mkdir()
        enter = 'echo $$ >"$0/cgroup.procs"; exec unshare --mount --pid --fork --uts --ipc --cgroup --net --kill-child "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", enter, self.group, "bash", "-c", BOOT, "boot", self.folder, self.carried],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        began = time.monotonic()
        while time.monotonic() - began < patience:
            assert self.process.poll() is None, f"the copy ended at once:\n{self.process.stdout.read()}"
            self.pid = self.pid or self.child()
            if self.pid and self.run("systemctl", "is-active", "sysinit.target", check=False).stdout.strip() == "active":
                return
            time.sleep(0.2)
        raise AssertionError(f"systemd of the copy is not ready after {patience} s")

    def child(self):
        """The process that is number 1 in the copy, once it is systemd."""
        for pid in (self.group / "cgroup.procs").read_text().split() + [
            pid for file in self.group.rglob("cgroup.procs") for pid in file.read_text().split()
        ]:
            try:
                if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"/lib/systemd/systemd\0"):
                    return pid
            except OSError:
                continue
        return None

    def run(self, *command, check=True, timeout=300):
        """Runs a command to its end in the copy; its output and errors are one text."""
        done = subprocess.run(
            ["nsenter", "--target", self.pid, "--all", "--root", "--wdns=/", "env", "-i", "DEBIAN_FRONTEND=noninteractive",
             "LC_ALL=C.UTF-8", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *map(str, command)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
        assert not check or done.returncode == 0, f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-4000:]}"
        return done

    def shell(self, script, **options):
        return self.run("sh", "-c", script, **options).stdout

    def is_active(self, unit):
        return self.run("systemctl", "is-active", unit, check=False).stdout.strip() == "active"

    def traces(self, word):
        """The places of its system whose names hold this word, but those that other programs keep for a while."""
        return sorted(self.shell(f"find /etc /lib /usr /var -xdev -path /var/cache -prune -o -name '*{word}*' -print").split())

    def stop(self):
        if self.process is None:
            return
        if self.pid:
            os.kill(int(self.pid), 9)
        else:
            self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()
        self.process = None
        for group in [*sorted((path for path in self.group.rglob("*") if path.is_dir()), reverse=True), self.group]:
            self.leave(group)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def leave(group, patience=10):
        """Takes a control group away, once its last process is gone."""
        began = time.monotonic()
        while True:
            try:
                return group.rmdir()
            except OSError:
                if time.monotonic() - began > patience:
                    raise
                time.sleep(0.1)
