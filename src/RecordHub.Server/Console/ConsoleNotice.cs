using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;

namespace RecordHub.Server.Console;

/// <summary>What came of the last click, above the page. Pure.</summary>
internal static class ConsoleNotice
{
    private const int Shown = 12;

    public static Html Of(InboxTarget target, string done, InboxOutcome outcome) => outcome switch
    {
        InboxOutcome.Done { Withdrawn: { } withdrawn } taken => Html.Of($"{With(done, taken.Others)} {Withdrawn(withdrawn)}"),
        InboxOutcome.Done { Record.State: RecordState.Held } taken => Html.Of($"{With(done, taken.Others)}"),
        InboxOutcome.Done taken => Html.Of($"""
            {With(done, taken.Others)}
            <form method="post" action="/console/inbox/undo" class="inline"><input type="hidden" name="what" value="{ValueOf(target)}"><button class="quiet">Take it back</button></form>
            """),
        InboxOutcome.NotFound missing => Html.Of($"{missing.Error} {missing.Advice}"),
        InboxOutcome.Refused refused => Html.Of($"{refused.Error} {refused.Advice}"),
        _ => Html.Empty,
    };

    public static Html Preview(InboxTarget target, CaseNumber number, IReadOnlyList<MovedRecord> moved) => moved.Count == 0
        ? Html.Of($"There is no such held record, or no such case.")
        : Html.Of($"""
            <p>Assigning to case {number.Value} would file {moved.Count} {(moved.Count == 1 ? "record" : "records")}. Nothing is changed yet.</p>
            <ul>{moved.GroupBy(one => (one.Because, one.Case.Value)).Select(Line)}</ul>
            <form method="post" action="/console/inbox/assign" class="inline"><input type="hidden" name="what" value="{ValueOf(target)}"><input type="hidden" name="case" value="{number.Value}"><button>Assign</button></form>
            """);

    /// <summary>How a form names what a decision is for.</summary>
    public static string ValueOf(InboxTarget target) => $"{target.Id} {ViewsOfCore.Words(target.Extent)}";

    private static Html Line(IGrouping<(string Because, long Case), MovedRecord> group) => Html.Of($"""
        <li>{Words(group.Key.Because)}: {group.Count()} into case {group.Key.Case} ({string.Join(", ", group.Select(one => one.Record.Title).Distinct(StringComparer.Ordinal).Take(Shown))})</li>
        """);

    private static Html Withdrawn(Withdrawal withdrawal) => Html.Of($"""
        <p><strong>{withdrawal.Notice}</strong></p>
        <p>{(withdrawal.Readers.Count == 0 ? "Nobody has opened it by a token." : "Tell those who have opened it:")}</p>
        <ul>{withdrawal.Readers.Select(one => Html.Of($"<li>{one.Name} ({one.Role}): version {one.Version}, {ViewsOfCore.Words(one.Kind)}, last {ConsolePage.Time(one.Last)}</li>"))}</ul>
        """);

    private static string With(string done, int others) => others == 0 ? $"{done}." : string.Create(
        CultureInfo.InvariantCulture, $"{done}, with {others} more.");

    private static string Words(string because) => because switch
    {
        "chosen" => "What you chose",
        "same-study" => "Of the same study",
        "same-patient" => "Names the same patient",
        _ => "Its number would be known by this",
    };
}
