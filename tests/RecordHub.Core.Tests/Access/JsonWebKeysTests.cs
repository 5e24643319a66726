using System.Buffers.Text;
using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Core.Tests.Access;

/// <summary>Key sets: public keys that can check RS384 and ES384, and nothing else.</summary>
internal sealed class JsonWebKeysTests
{
    // The public keys of RFC 7517, appendix A.1.
    private const string Modulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    private const string RfcCurve =
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}";

    [Test]
    public void A_public_key_is_read_and_written_again()
    {
        IReadOnlyList<ClientKey> keys = JsonWebKeys.Read(Set(Rsa("\"kid\":\"2011-04-29\"")), out string? wrong)!;

        Assert.That(wrong, Is.Null);
        Assert.That(keys.Single().Algorithm, Is.EqualTo("RS384"));
        Assert.That(JsonWebKeys.Write(JsonWebKeys.Read(JsonWebKeys.Write(keys), out _)!), Does.Contain(Modulus));
    }

    [TestCase("\"kid\":\"1\",\"alg\":\"RS256\"")]
    [TestCase("\"kid\":\"1\",\"use\":\"enc\"")]
    [TestCase("\"kid\":\"\"")]
    [TestCase("\"alg\":\"RS384\"")]
    [TestCase("\"kid\":\"1\",\"d\":\"AQAB\"")]
    [TestCase("\"kid\":\"1\",\"k\":\"AQAB\"")]
    [TestCase("\"kid\":\"1\",\"kid\":\"2\"")]
    public void A_key_for_something_else_is_refused(string members) => Refused(Set(Rsa(members)));

    [Test]
    public void Weak_and_broken_keys_are_refused()
    {
        Refused(Set(RfcCurve));
        Refused(Set(Rsa("\"kid\":\"1\"").Replace(Modulus, Modulus[..170], StringComparison.Ordinal)));
        Refused(Set(Rsa("\"kid\":\"1\"").Replace("AQAB", "AQ", StringComparison.Ordinal)));
        Refused(Set(Rsa("\"kid\":\"1\"").Replace("AQAB", "AQAA", StringComparison.Ordinal)));
        Refused(Set(Rsa("\"kid\":\"1\"").Replace(Modulus, Modulus + "==", StringComparison.Ordinal)));
        string coordinate = Base64Url.EncodeToString(new byte[48]);
        Refused(Set($"{{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"1\",\"x\":\"{coordinate}\",\"y\":\"{coordinate}\"}}"));
        Refused(Set("{\"kty\":\"oct\",\"kid\":\"1\"}"));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"keys\":[]}")]
    [TestCase("{\"keys\":[1]}")]
    [TestCase("{\"keys\":{}}")]
    public void What_is_no_key_set_is_refused(string text) => Refused(text);

    [Test]
    public void There_are_limits()
    {
        Refused(Set(string.Join(',', Enumerable.Range(0, JsonWebKeys.Most + 1).Select(i => Rsa($"\"kid\":\"{i}\"")))));
        Refused(Set(Rsa("\"kid\":\"1\"") + "," + Rsa("\"kid\":\"1\"")));
        Refused(Set(Rsa("\"kid\":\"1\"")) + new string(' ', 100_000));
    }

    [Test]
    public void A_signature_counts_for_the_key_and_the_bytes_that_it_is_of()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        ECPoint point = curve.ExportParameters(false).Q;
        ClientKey key = new("1", ClientKey.Es384, point.X!, point.Y!);
        byte[] signature = curve.SignData([1, 2], HashAlgorithmName.SHA384);

        Assert.That(key.Verifies([1, 2], signature), Is.True);
        Assert.That(key.Verifies([1, 3], signature), Is.False);
        Assert.That(key.Verifies([1, 2], new byte[96]), Is.False);
        Assert.That(key.Verifies([1, 2], signature.AsSpan(0, 95)), Is.False);
        Assert.That(
            key.Verifies([1, 2], curve.SignData([1, 2], HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)), Is.False);
    }

    [Test]
    public void Random_assertions_are_refused_with_a_sentence()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            string part = Base64Url.EncodeToString(bytes);
            Assert.That(ClientAssertion.Read($"{part}.{part}.{part}", out string? wrong), Is.Null);
            Assert.That(wrong, Is.Not.Empty);
        }
    }

    private static void Refused(string text)
    {
        Assert.That(JsonWebKeys.Read(text, out string? wrong), Is.Null, text);
        Assert.That(wrong, Is.Not.Empty.And.Not.Contain("AQAB"));
    }

    private static string Set(string keys) => $"{{\"keys\":[{keys}]}}";

    private static string Rsa(string members) => $"{{\"kty\":\"RSA\",{members},\"n\":\"{Modulus}\",\"e\":\"AQAB\"}}";
}
