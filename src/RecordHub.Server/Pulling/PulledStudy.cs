using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Server.Pulling;

/// <summary>What fetching one study came to.</summary>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Found">Instances that the site has.</param>
/// <param name="Here">Of them here before; they were not fetched.</param>
/// <param name="Fetched">Of them fetched now.</param>
/// <param name="Failed">Those that did not come, and why.</param>
/// <param name="Items">What was handed to the pipeline: fetched, or here before and now for the named case.</param>
/// <param name="Error">Why the study could not be fetched at all; null when it could.</param>
public sealed record PulledStudy(
    string Study, int Found, int Here, int Fetched, IReadOnlyList<(Uid Instance, string Why)> Failed,
    IReadOnlyCollection<ItemId> Items, string? Error = null);
