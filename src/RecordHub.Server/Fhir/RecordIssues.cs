using RecordHub.Core.Inbox;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>What became of a record, as a sender hears it. They may not be one who may see the case: the reason is told, the evidence is not.</summary>
internal static class RecordIssues
{
    /// <summary>The reason of what cannot be parsed.</summary>
    internal const string Malformed = "malformed";

    private const string TurnedDown = "rejected";

    /// <summary>What became of it, and what of the item was lost.</summary>
    /// <param name="record">The record.</param>
    /// <param name="except">A loss that is told otherwise.</param>
    internal static IEnumerable<Issue> OfAll(HeldRecord record, string? except = null) =>
        [Of(record), .. record.Losses.Where(lost => lost != except).Select(lost => new Issue("warning", "incomplete", $"Not all of it was taken: {lost}."))];

    private static Issue Of(HeldRecord record) => record.State switch
    {
        RecordState.Filed => new Issue("information", "informational", $"Record {record.Id} was filed to case {record.Case}."),
        RecordState.Held => new Issue(
            "warning", "business-rule",
            $"Record {record.Id} is stored and held for a person ({record.Reason}); it is in no case until it is assigned."),
        // A coordinator's own words are not for the sender.
        _ when record.Reason == TurnedDown => new Issue(
            "error", "business-rule", $"Record {record.Id} was turned down by a person and is in no case; ask the coordinator why."),
        _ => new Issue(
            "error", record.Reason == Malformed ? "structure" : "processing",
            $"Record {record.Id} is stored, but was not read ({record.Reason}). {record.Explanation} Correct it and send it again."),
    };
}
