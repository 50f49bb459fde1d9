"""Encrypting small things: under a key, and to the public half of a pair. Must not know whose they are."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def key_check(data_key: bytes) -> bytes:
    """Tells whether a key is the one of a manifest, and nothing about the key."""
    return derived(data_key, b"wijkrecept key check")[:16]


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key of its own for another purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)


def encrypt(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    """Content that only this key opens, and only in its own place."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def decrypt(key: bytes, content: bytes, bound_to: bytes) -> bytes | None:
    """The content, or nothing when the key, the place or a single bit is wrong."""
    try:
        return unlocked(key, content, bound_to)
    except (InvalidTag, ValueError):
        return None


def seal(public: X25519PublicKey, data_key: bytes, bound: bytes) -> bytes:
    """Encrypt to a public half by a key pair used once."""
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    return sender + encrypt(_shared(once, public, sender, public.public_bytes_raw()), data_key, bound)


def unseal(private: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What was sealed to this private half; `ValueError` or `InvalidTag` when it was not."""
    pair, sender = X25519PrivateKey.from_private_bytes(private), sealed[:32]
    receiver = pair.public_key().public_bytes_raw()
    key = _shared(pair, X25519PublicKey.from_public_bytes(sender), sender, receiver)
    return unlocked(key, sealed[32:], bound)


def _shared(own: X25519PrivateKey, other: X25519PublicKey, sender: bytes, receiver: bytes) -> bytes:
    return derived(own.exchange(other), b"wijkrecept data key " + sender + receiver)


def unlocked(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    """As `decrypt`, raising `ValueError` or `InvalidTag`."""
    return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], bound_to)
