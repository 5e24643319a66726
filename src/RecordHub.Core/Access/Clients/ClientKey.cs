using System.Security.Cryptography;

namespace RecordHub.Core.Access.Clients;

/// <summary>One public key of a client: RSA of 2048 bits or more for RS384, or a point of P-384 for ES384 (RFC 7518 §3).</summary>
/// <param name="Id">The key's name (kid).</param>
/// <param name="Algorithm"><see cref="Rs384"/> or <see cref="Es384"/>.</param>
/// <param name="First">The modulus, or x.</param>
/// <param name="Second">The exponent, or y.</param>
public sealed record ClientKey(string Id, string Algorithm, byte[] First, byte[] Second)
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    public const string Rs384 = "RS384";

    /// <summary>ECDSA with P-384 and SHA-384.</summary>
    public const string Es384 = "ES384";

    private const int CoordinateBytes = 48;

    /// <summary>Whether the numbers are a key at all.</summary>
    public bool IsKey()
    {
        try
        {
            using AsymmetricAlgorithm key = Algorithm == Rs384 ? Rsa() : Curve();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether this key made the signature. The algorithm is the key's, whatever a header says.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != (Algorithm == Rs384 ? First.Length : 2 * CoordinateBytes))
        {
            return false;
        }

        if (Algorithm == Rs384)
        {
            using RSA rsa = Rsa();
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        }

        using ECDsa curve = Curve();
        return curve.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The name only.</summary>
    public override string ToString() => Id;

    private RSA Rsa() => RSA.Create(new RSAParameters { Modulus = First, Exponent = Second });

    private ECDsa Curve() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP384,
        Q = new ECPoint { X = First, Y = Second },
    });
}
