using System.Globalization;
using NUnit.Framework;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Tests.Identity;

/// <summary>What docs/identity.md says is what the code does. tests/cohort.sh writes the sections anew.</summary>
public sealed class IdentityDocumentTests
{
    [Test]
    public void The_table_of_weights_is_that_of_the_file() => Hold("weights", Weights());

    [Test]
    public void The_explained_cases_read_as_a_coordinator_reads_them() =>
        Hold("cases", string.Join('\n', ExplainedCase.All.Select((one, i) => one.Text(i + 1))));

    private static void Hold(string section, string text)
    {
        if (IdentityDocument.IsWritten)
        {
            IdentityDocument.Write(section, text);
        }

        Assert.That(IdentityDocument.Read(section), Is.EqualTo(text.Trim('\n')), "tests/cohort.sh writes the section anew");
    }

    private static string Weights() =>
        "| Field | Level | m | u | bits |\n|---|---|--:|--:|--:|\n"
        + string.Concat(MatchWeights.BuiltIn.File.Fields.SelectMany(field => field.Value.Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $"| {Words(field.Key)} | {Words(level.Key)} | {level.Value.M} | {level.Value.U:0.#######} | {level.Value.Bits:+0.0;-0.0} |\n"))));

    private static string Words(Enum value) => string.Concat(value.ToString()
        .Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : i == 0 ? $"{char.ToLowerInvariant(c)}" : $"{c}"));
}
