"""The service behind HTTPS, with a certificate that its clients trust and nobody else."""

import ssl
import subprocess
from pathlib import Path

import httpx

from support.server import Server
from support.wire import Connection


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1, and its private key."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
    command += ["-days", "30", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=30)
    return certificate, key


class SecureServer(Server):
    def __init__(self, folder: Path, *options: str, **settings):
        certificate, key = make_certificate(folder)
        self.trust = ssl.create_default_context(cafile=str(certificate))
        super().__init__(folder, "--tls-certificate", str(certificate), "--tls-key", str(key), *options, **settings)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            return super().is_ready()
        try:
            return httpx.get(self.url + "/readyz", timeout=2, verify=self.trust).status_code == 200
        except httpx.TransportError:
            return False


class SecureConnection(Connection):
    """As `Connection`, within TLS."""

    def __init__(self, server: SecureServer, **options):
        super().__init__(server, **options)
        self.socket = server.trust.wrap_socket(self.socket, server_hostname="127.0.0.1")
