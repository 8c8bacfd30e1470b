"""Facts on Office and Windows from the registry: policies, trusted locations, zones, rules of Defender.

The names are those of Microsoft's administrative templates for Office 2016 and later, of Internet settings,
and of Defender's attack surface reduction rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.storage.registry import CLASSES, MACHINE, USER, Registry, first_number_with_name

_OFFICE = r"Microsoft\Office\16.0"
_POLICY, _SETTING = r"Software\Policies", "Software"
_SECURITY = tuple(rf"{root}\{_OFFICE}\Excel\Security" for root in (_POLICY, _SETTING))
_TRUSTED = tuple(rf"{key}\Trusted Locations" for key in _SECURITY)
_COMMON = tuple(rf"{root}\{_OFFICE}\Common" for root in (_POLICY, _SETTING))
_ZONES = r"Microsoft\Windows\CurrentVersion\Internet Settings"
_RULES = tuple(
    rf"SOFTWARE\{vendor}\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
    for vendor in (r"Policies\Microsoft", "Microsoft")
)
# «Block all Office applications from creating child processes».
_CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
# «Block executable files unless they meet a prevalence, age, or trusted list criterion».
_UNKNOWN_PROGRAMS = "01443614-CD74-433A-B99E-2ECDC07BFC25"
_FROM_INTERNET = "blockcontentexecutionfrominternet"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
FONT = "BIZ UDゴシック"
_FONT_NAMES = ("BIZ UDGothic", FONT)
# Local intranet and trusted sites; 3 is the internet.
_INTRANET, _TRUSTED_SITES = 1, 2


@frozen
class TrustedLocation:
    """A folder whose books run their macros without a question."""

    path: str
    has_subfolders: bool = False

    def contains(self, place: str) -> bool:
        """Whether a file lies there, by the letters of its path; Windows knows no case."""
        folder, own = PureWindowsPath(place).parent, PureWindowsPath(self.path)
        return folder == own or (self.has_subfolders and own in folder.parents)


@frozen
class ExcelSetup:
    """Facts of one PC; None is unknown or not set.

    `intranet` are the servers that count as of the own network besides those with a short name.
    """

    has_excel: bool | None = None
    macro_policy: int | None = None
    is_vba_off: bool = False
    blocks_internet_macros: bool = False
    child_process_rule: int | None = None
    unknown_program_rule: int | None = None
    locations: tuple[TrustedLocation, ...] = ()
    trusts_network: bool = False
    intranet: frozenset[str] = frozenset()
    is_32_bit: bool | None = None
    has_font: bool | None = None

    def is_trusted(self, place: str) -> bool:
        """Whether the macros of a book at this place run without a question."""
        allowed = self.trusts_network or not place.startswith("\\\\")
        return allowed and any(one.contains(place) for one in self.locations)

    def is_of_internet(self, place: str) -> bool:
        r"""Whether Windows takes a share (\\server\…) for the internet: by its full name or IP address."""
        server = server_of_share(place)
        is_long = "." in server or ":" in server
        return is_long and not any(server == one or server.endswith(f".{one}") for one in self.intranet)


def server_of_share(place: str) -> str:
    r"""The server of \\server\share, '' for any other place."""
    return place[2:].replace("/", "\\").partition("\\")[0].casefold() if place[:2] in ("\\\\", "//") else ""


def excel_setup(registry: Registry | None) -> ExcelSetup:
    """The facts of the PC with this registry; without one nothing is known."""
    if registry is None:
        return ExcelSetup()
    platform = (registry.values(MACHINE, _CLICK_TO_RUN) or {}).get("platform")
    fonts = registry.values(MACHINE, _FONTS)
    return ExcelSetup(
        has_excel=registry.values(CLASSES, "Excel.Application") is not None,
        macro_policy=first_number_with_name(registry, USER, _SECURITY, "VBAWarnings"),
        is_vba_off=1
        in (first_number_with_name(registry, root, _COMMON, "VBAOff") for root in (USER, MACHINE)),
        blocks_internet_macros=first_number_with_name(registry, USER, _SECURITY, _FROM_INTERNET) == 1,
        child_process_rule=first_number_with_name(registry, MACHINE, _RULES, _CHILD_PROCESSES),
        unknown_program_rule=first_number_with_name(registry, MACHINE, _RULES, _UNKNOWN_PROGRAMS),
        locations=tuple(_trusted_locations(registry)),
        trusts_network=first_number_with_name(registry, USER, _TRUSTED, "AllowNetworkLocations") == 1,
        intranet=frozenset(_intranet_servers(registry)),
        is_32_bit=None if platform is None else platform == "x86",
        has_font=fonts is None or any(one.casefold() in name for name in fonts for one in _FONT_NAMES),
    )


def _trusted_locations(registry: Registry) -> Iterator[TrustedLocation]:
    if first_number_with_name(registry, USER, _TRUSTED, "AllLocationsDisabled") == 1:
        return
    for key in _TRUSTED:
        for name in registry.subkeys(USER, key):
            values = registry.values(USER, rf"{key}\{name}") or {}
            if isinstance(path := values.get("path"), str) and path:
                yield TrustedLocation(path, values.get("allowsubfolders") == 1)


def _intranet_servers(registry: Registry) -> Iterator[str]:
    """Servers that a policy or a user put into the local intranet or among the trusted sites."""
    for root in (USER, MACHINE):
        listed = registry.values(root, rf"{_POLICY}\{_ZONES}\ZoneMapKey") or {}
        for name, zone in listed.items():
            if str(zone) in (str(_INTRANET), str(_TRUSTED_SITES)):
                yield name.removeprefix("file:").strip("/").removeprefix("*.")
        for parent in (_POLICY, _SETTING):
            yield from _servers_of_map(registry, root, rf"{parent}\{_ZONES}\ZoneMap")


def _servers_of_map(registry: Registry, root: str, key: str) -> Iterator[str]:
    for domain in registry.subkeys(root, rf"{key}\Domains"):
        if _is_zone_of_own_network(registry.values(root, rf"{key}\Domains\{domain}")):
            yield domain.casefold()
        for part in registry.subkeys(root, rf"{key}\Domains\{domain}"):
            if _is_zone_of_own_network(registry.values(root, rf"{key}\Domains\{domain}\{part}")):
                yield f"{part}.{domain}".casefold()
    for number in registry.subkeys(root, rf"{key}\Ranges"):
        values = registry.values(root, rf"{key}\Ranges\{number}") or {}
        if _is_zone_of_own_network(values):
            yield str(values.get(":range", "")).casefold()


def _is_zone_of_own_network(values: object) -> bool:
    """Whether a zone of files or of everything is that of the own network."""
    zones = [values.get(name) for name in ("file", "*")] if isinstance(values, dict) else []
    return any(zone in (_INTRANET, _TRUSTED_SITES) for zone in zones)
