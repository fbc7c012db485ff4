"""A network as one has it in a valley: slow, cut in the middle of an answer that the site has given already."""

import contextlib
import random
import socket
import threading
import time


class Network:
    """Stands between a telephone and the server on `port`; `cut` is the share of answers that arrive by half or not at all,
    `slow` the seconds each takes."""

    def __init__(self, port, seed=1):
        self.to, self.cut, self.slow, self.cuts = port, 0.0, 0.0, 0
        self.random = random.Random(seed)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._open, daemon=True).start()

    def close(self):
        self.door.close()

    def _open(self):
        while True:
            try:
                near, _ = self.door.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            for give, take, is_answer in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass, args=(give, take, is_answer), daemon=True).start()

    def _pass(self, give, take, is_answer):
        try:
            while data := give.recv(1 << 16):
                if is_answer:
                    time.sleep(self.slow)
                    if self.random.random() < self.cut:
                        self.cuts += 1
                        take.sendall(data[: self.random.choice([0, len(data) // 2])])
                        break
                take.sendall(data)
        except OSError:
            pass
        for end in (give, take):
            # The other way waits on the same wires: closing alone would not wake it.
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
