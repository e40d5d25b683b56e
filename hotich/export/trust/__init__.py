"""Trust: who signed a package, with what, and what may be believed of it; and how what is confidential is locked.

No function here asks anybody outside this machine.
"""

from hotich.export.trust.certificates import certificate_fingerprint, subject_name
from hotich.export.trust.cms import CertificateSigner
from hotich.export.trust.key_file import FileIdentity, check_fit_to_sign, open_key_file
from hotich.export.trust.known import NOBODY, KnownKey, Trust, add_key, add_root, load_trust, remove, root_files
from hotich.export.trust.own_signer import OwnSigner
from hotich.export.trust.report import Link, SignatureReport, SignatureState, Standing
from hotich.export.trust.signer import SIGNATURE_FILES, Identity, SignatureKind, Signer, signature_file
from hotich.export.trust.token import TokenChoice, TokenIdentity, open_token

__all__ = [
    "NOBODY",
    "SIGNATURE_FILES",
    "CertificateSigner",
    "FileIdentity",
    "Identity",
    "KnownKey",
    "Link",
    "OwnSigner",
    "SignatureKind",
    "SignatureReport",
    "SignatureState",
    "Signer",
    "Standing",
    "TokenChoice",
    "TokenIdentity",
    "Trust",
    "add_key",
    "add_root",
    "certificate_fingerprint",
    "check_fit_to_sign",
    "load_trust",
    "open_key_file",
    "open_token",
    "remove",
    "root_files",
    "signature_file",
    "subject_name",
]
