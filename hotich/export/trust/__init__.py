"""Trust: who signed a package, with what, and what may be believed of it; and how what is confidential is locked.

No function here asks anybody outside this machine.
"""

from hotich.export.trust.cms import CertificateSigner
from hotich.export.trust.key_file import open_key_file
from hotich.export.trust.own_signer import OwnSigner
from hotich.export.trust.signer import SIGNATURE_FILES, Identity, SignatureKind, Signer, signature_file

__all__ = [
    "SIGNATURE_FILES",
    "CertificateSigner",
    "Identity",
    "OwnSigner",
    "SignatureKind",
    "Signer",
    "open_key_file",
    "signature_file",
]
