using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>Bytes through the normaliser and the binding, as filing does it.</summary>
internal static class Bytes
{
    public static CasePatient Patient { get; } = new()
    {
        Id = "pat",
        Name = new PersonName("Doe", "Jane"),
        BirthDate = new PartialDate(1970, 1, 2),
    };

    public static ContentHash Hash(ReadOnlySpan<byte> bytes) => ContentHash.FromDigest(SHA256.HashData(bytes));

    public static Normalized Normalize(ContentKind kind, byte[] bytes, string? defaultIssuer = null)
    {
        using MemoryStream content = new(bytes, writable: false);
        return Normalizer.Normalize(kind, content, bytes.Length, new NormalizationContext
        {
            Blob = Hash(bytes),
            Content = Hash(bytes),
            DefaultIssuer = defaultIssuer,
        });
    }

    public static Normalized Fhir(string json, string? defaultIssuer = null) =>
        Normalize(ContentKind.FhirJson, Encoding.UTF8.GetBytes(json), defaultIssuer);

    public static IReadOnlyList<PatientRecord> Records(Normalized normalized)
    {
        Assert.That(normalized, Is.TypeOf<Normalized.Records>(), (normalized as Normalized.Unreadable)?.Explanation);
        return ((Normalized.Records)normalized).Parts;
    }

    public static Normalized.Unreadable Unreadable(Normalized normalized)
    {
        Assert.That(normalized, Is.TypeOf<Normalized.Unreadable>());
        return (Normalized.Unreadable)normalized;
    }

    public static ReceivedItem Item(ContentKind kind, byte[] bytes, Door door = Door.Import) => new()
    {
        Id = ItemId.New(TimeProvider.System),
        ReceivedAt = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero),
        Kind = kind,
        Blob = Hash(bytes),
        Content = Hash(bytes),
        Length = bytes.Length,
        Source = new Source { Door = door, Site = "north", Sender = "token" },
    };

    public static BoundRecord Bind(PatientRecord record, ContentKind kind, byte[] bytes, long number = 7)
    {
        ReceivedItem item = Item(kind, bytes);
        return Binding.Bind(record, item, Patient, new CaseNumber(number), new RecordId(item.Id, record.Part));
    }

    public static BoundRecord BindFhir(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return Bind(Records(Normalize(ContentKind.FhirJson, bytes))[0], ContentKind.FhirJson, bytes);
    }

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
