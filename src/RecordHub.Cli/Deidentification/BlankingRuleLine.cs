using System.Text.Json.Serialization;

namespace RecordHub.Cli.Deidentification;

/// <summary>A rule of a <c>--blank-rules</c> file. An unknown member is an error: a misspelt condition would fit everything.</summary>
/// <param name="Regions"><c>X,Y,W,H</c> or <c>outside-regions</c>; an empty list: such images have no text.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BlankingRuleLine(
    string? Modality, string? Manufacturer, string? Model, int? Rows, int? Columns, IReadOnlyList<string>? Regions);
