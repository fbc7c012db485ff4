"""A network as one has it in a valley: slow, dark, cut in the middle of an answer that the site has given already."""

import contextlib
import random
import socket
import struct
import threading
import time

ABRUPT = struct.pack("ii", 1, 0)


class Network:
    """Stands between a telephone and the server on `port`. `cut` is the share of answers that arrive by half or not at all, `abrupt`
    when the connection is then reset; `slow` the seconds each takes, `trickle` those that its bytes are spread over; `rate` the bytes
    a second that leave the telephone; while it is `dark` nothing passes, and nothing says so."""

    def __init__(self, port, seed=1):
        self.to, self.cut, self.slow, self.trickle, self.rate, self.cuts, self.sent = port, 0.0, 0.0, 0.0, 0, 0, 0
        self.abrupt = self.dark = False
        self.random = random.Random(seed)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._open, daemon=True).start()

    def close(self):
        self.dark = False
        self.door.close()

    def _open(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            for give, take in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(give, take, near), daemon=True).start()

    def _pass(self, give, take, near):
        try:
            while data := give.recv(1 << 14):
                while self.dark:
                    time.sleep(0.02)
                if give is near:
                    self._let_out(take, data)
                    continue
                time.sleep(self.slow)
                if self.random.random() < self.cut:
                    self.cuts += 1
                    take.sendall(data[: self.random.choice([0, len(data) // 2])])
                    break
                self._let_in(take, data)
        except OSError:
            pass
        for end in (give, take):
            # The other way waits on the same wires: closing alone would not wake it.
            with contextlib.suppress(OSError):
                if self.abrupt and end is near:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPT)
                end.shutdown(socket.SHUT_RD if self.abrupt and end is near else socket.SHUT_RDWR)
            end.close()

    def _let_out(self, take, data):
        take.sendall(data)
        self.sent += len(data)
        if self.rate:
            time.sleep(len(data) / self.rate)

    def _let_in(self, take, data):
        if not self.trickle:
            return take.sendall(data)
        for start in range(0, len(data), part := -(-len(data) // 20)):
            take.sendall(data[start : start + part])
            time.sleep(self.trickle / 20)
