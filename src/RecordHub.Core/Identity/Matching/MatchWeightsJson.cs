using System.Text.Json.Serialization;

namespace RecordHub.Core.Identity.Matching;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DictionaryKeyPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MatchWeightsFile))]
internal sealed partial class MatchWeightsJson : JsonSerializerContext;
