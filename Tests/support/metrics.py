"""What a server tells of itself at `/metrics`, read as Prometheus reads it."""

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """All figures of one moment."""

    def __init__(self, server):
        response = httpx.get(server.url + "/metrics", timeout=30, verify=server.trust)
        assert (response.status_code, response.headers["content-type"]) == (200, CONTENT_TYPE)
        self.text = response.text
        self.families: list[Metric] = list(text_string_to_metric_families(response.text))

    def __getitem__(self, name: str) -> float:
        """The figure of a line without labels."""
        return self.by_label(name, None)[None]

    def by_label(self, name: str, label: str | None) -> dict[str | None, float]:
        """The figures of one name by the values of a label, in the order in which they stand there."""
        samples = [sample for family in self.families for sample in family.samples if sample.name == name]
        return {sample.labels.get(label): sample.value for sample in samples}


def metric(server, name: str) -> float:
    return Metrics(server)[name]
