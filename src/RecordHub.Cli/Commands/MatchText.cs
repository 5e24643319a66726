using System.Globalization;
using RecordHub.Cli.Output;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary>How a person reads a case beside a record.</summary>
internal static class MatchText
{
    public static string Summary(CaseMatchView match) => string.Create(
        CultureInfo.InvariantCulture,
        $"{match.Family}, {match.Given}, {match.BirthDate}: {match.Grade}, {match.Bits:0.0} bits{(match.Vetoes.Count == 0 ? string.Empty : $", but {string.Join(", ", match.Vetoes)}")}");

    public static void Write(CommandOutput output, CaseMatchView match)
    {
        output.Line($"Case {match.Case}, {Summary(match)}");
        output.Table(["Field", "In the record", "In the case", "Agrees", "Bits"], match.Fields.Select(IReadOnlyList<string> (field) =>
        [
            field.Field, field.Record, field.Known, field.Level, field.Bits.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture),
        ]));
    }
}
