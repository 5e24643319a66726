using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;

namespace RecordHub.Storage.Sql;

/// <summary>The JSON columns. Members may be added; one that is gone is passed over.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContentHashConverter), typeof(TenantConverter), typeof(CaseNumberConverter)])]
[JsonSerializable(typeof(Source))]
[JsonSerializable(typeof(PatientClaim))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(IReadOnlyList<PackageEntry>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    // All that comes by one association has one source.
    private static readonly ConditionalWeakTable<Source, string> s_sources = [];

    internal static string Of(Source source) =>
        s_sources.GetValue(source, static source => JsonSerializer.Serialize(source, Default.Source));

    internal static string Of(PatientClaim claim) => JsonSerializer.Serialize(claim, Default.PatientClaim);

    internal static string Of(IReadOnlyList<string> lines) =>
        JsonSerializer.Serialize(lines, Default.IReadOnlyListString);

    internal static string Of(IReadOnlyList<long> numbers) =>
        JsonSerializer.Serialize(numbers, Default.IReadOnlyListInt64);

    internal static string Of(IReadOnlyList<PackageEntry> entries) =>
        JsonSerializer.Serialize(entries, Default.IReadOnlyListPackageEntry);

    internal static Source ToSource(string json) => Required(JsonSerializer.Deserialize(json, Default.Source));

    internal static PatientClaim ToClaim(string json) => Required(JsonSerializer.Deserialize(json, Default.PatientClaim));

    internal static IReadOnlyList<string> ToLines(string json) =>
        Required(JsonSerializer.Deserialize(json, Default.IReadOnlyListString));

    internal static IReadOnlyList<long> ToNumbers(string json) =>
        Required(JsonSerializer.Deserialize(json, Default.IReadOnlyListInt64));

    internal static IReadOnlyList<PackageEntry> ToEntries(string json) =>
        Required(JsonSerializer.Deserialize(json, Default.IReadOnlyListPackageEntry));

    private static T Required<T>(T? value)
        where T : class => value ?? throw new InvalidDataException("A JSON column holds null.");
}
