using System.Globalization;
using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Intake;

/// <summary>
/// The order in which records come does not decide whose they are: several orders of one set, one end. What a filed record rests on
/// may differ: of two with one number, that which came first taught it.
/// </summary>
public sealed class OrderTests
{
    private const string Issuer = "2.25.1001";
    private const int Seed = 20_260_102;
    private const int Orders = 12;

    private static readonly Dictionary<string, string[]> s_sets = new()
    {
        ["a certain match, the next by its number, a twin with it, one without a birth date"] =
            ["Synthia|1961-04-09|female|4711", "Synthia|1961-04-09||4711", "Exempla|1961-04-09|female|4711", "Synthia||female|4711"],
        ["a merge, records of both numbers, a twin with the second"] =
            ["A40|4711|4712", "Synthia|1961-04-09|female|4711", "Synthia|1961-04-09|female|4712", "Exempla|1961-04-09|female|4712"],
        ["records for a named case, and others with their numbers"] =
            ["*Synthia|1961-04-09|female|4711", "Synthia|||4711", "*Exempla|1961-04-09|female|4713", "Exempla|1961-04-09|female|4713"],
        ["a chain of merges, and a stranger with its last number"] =
            ["A40|4711|4712", "A40|4712|4713", "Synthia|1961-04-09|female|4711", "Ignotus|1940-02-03|male|4713", "Synthia|1961-04-09|female|4713"],
        ["a number without a name, before and after it is known"] =
            ["||female|4711", "Synthia|1961-04-09|female|4711", "*||female|4714", "Exempla|1961-04-09|female|4714"],
    };

    private static IEnumerable<string> Sets => s_sets.Keys;

    [TestCaseSource(nameof(Sets))]
    public async Task Records_come_to_the_same_cases_and_the_same_holds_in_any_order(string set)
    {
        string[] expected = await EndAsync(s_sets[set]);
        Random random = new(Seed);
        for (int i = 0; i < Orders; i++)
        {
            string[] order = [.. s_sets[set]];
            random.Shuffle(order);

            Assert.That(await EndAsync(order), Is.EqualTo(expected), string.Join(" / ", order));
        }
    }

    [Test]
    public async Task Of_two_numbers_of_one_issuer_that_both_match_for_certain_the_first_to_come_is_filed_and_never_both()
    {
        string[] both = ["Synthia|1961-04-09|female|4711", "Synthia|1961-04-09|female|4712"];

        Assert.That(await EndAsync(both), Is.EqualTo(new[] { $"{both[0]}: in 1", $"{both[1]}: no-matching-case" }));
        Assert.That(await EndAsync([both[1], both[0]]), Is.EqualTo(new[] { $"{both[0]}: no-matching-case", $"{both[1]}: in 1" }));
    }

    private static async Task<string[]> EndAsync(string[] order)
    {
        Office office = new();
        RecordHub.Core.Cases.CaseFile named = await office.OpenAsync(Office.Asked("Quellbach"));
        List<(string What, RecordId Id)> sent = [];
        foreach (string what in order)
        {
            string[] said = what.Split('|');
            HeldRecord record = said[0] == "A40"
                ? (await office.SendAsync(ContentKind.Hl7V2, Merge(said[1], said[2]), issuer: Issuer, site: "North")).Single()
                : (await office.SendAsync(
                    ContentKind.PlainText, Letter(said), what[0] == '*' ? named.Number : default, issuer: Issuer, site: "North")).Single();
            sent.Add((what, record.Id));
        }

        List<string> end = [];
        foreach ((string what, RecordId id) in sent.OrderBy(one => one.What, StringComparer.Ordinal))
        {
            HeldRecord? now = await office.Inbox.ShowAsync(id, AccessScope.All, CancellationToken.None);
            end.Add(now!.State == RecordState.Filed
                ? string.Create(CultureInfo.InvariantCulture, $"{what}: in {now.Case.Value}") : $"{what}: {now.Reason}");
        }

        return [.. end];
    }

    private static byte[] Letter(string[] said)
    {
        StringBuilder text = new($"A letter, {string.Join(' ', said)}\n");
        string[] labels = ["Given name: ", "DOB: ", "Sex: ", "MRN: "];
        text.Append(said[0].Trim('*').Length > 0 ? "Surname: Quellbach\n" : string.Empty);
        for (int i = 0; i < labels.Length; i++)
        {
            text.Append(said[i].Trim('*') is { Length: > 0 } value ? $"{labels[i]}{value}\n" : string.Empty);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Merge(string to, string from) => Encoding.UTF8.GetBytes(
        $"MSH|^~\\&|A|N|B|R|20260102101010||ADT^A40|{to}{from}|P|2.5\rEVN|A40|20260102\r"
        + $"PID|1||{to}^^^&{Issuer}&ISO^MR||Quellbach^Synthia||19610409|F\rMRG|{from}^^^&{Issuer}&ISO^MR\r");
}
