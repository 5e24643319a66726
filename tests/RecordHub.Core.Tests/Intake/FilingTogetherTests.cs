using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Intake;

/// <summary>What items become does not depend on the company in which they are filed.</summary>
public sealed class FilingTogetherTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Items_filed_together_become_what_they_become_one_by_one(int seed)
    {
        SampleCase sample = SampleCase.Generate(seed);
        SampleCase other = SampleCase.Generate(seed + 100);
        SampleFile[] files = [.. sample.Files.Concat(other.Files.Take(4)).Where(file => Office.KindOf(file) != ContentKind.NotARecord)];

        IReadOnlyList<string> alone = await OutcomesAsync(sample, files, async (office, items) =>
        {
            foreach (ItemId item in items)
            {
                await office.Filing.RunAsync(item, CancellationToken.None);
            }
        });
        IReadOnlyList<string> together = await OutcomesAsync(sample, files, async (office, items) =>
        {
            IReadOnlySet<ItemId> done = await office.Filing.RunAsync(items, static _ => null, CancellationToken.None);
            Assert.That(done, Has.Count.GreaterThan(files.Length / 2));
            foreach (ItemId item in items.Where(item => !done.Contains(item)))
            {
                await office.Filing.RunAsync(item, CancellationToken.None);
            }
        });

        Assert.That(together, Is.EqualTo(alone));
        Assert.That(alone.Any(one => one.StartsWith(nameof(RecordState.Filed), StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public async Task The_first_of_a_new_identifier_wins_the_others_that_came_with_it()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Muster", "Erika", "1964-08-12"));
        ItemId[] items =
        [
            await office.ReceiveAsync(ContentKind.FhirJson, Patient("a", "Muster", "1964-08-12"), file.Number),
            await office.ReceiveAsync(ContentKind.FhirJson, Patient("b", "Muster", null)),
        ];

        await office.Filing.RunAsync(items, static _ => null, CancellationToken.None);

        HeldRecord second = (await office.Store.FindRecordsAsync(items[1], AccessScope.All, CancellationToken.None)).Single();
        Assert.That((second.State, second.Case), Is.EqualTo((RecordState.Filed, file.Number)));
    }

    private static byte[] Patient(string id, string family, string? birthDate) => System.Text.Encoding.UTF8.GetBytes(
        $$"""
        {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:north","value":"N77"}],
         "name":[{"family":"{{family}}","given":["Erika"]}]{{(birthDate is null ? "" : $",\"birthDate\":\"{birthDate}\"")}}}
        """);

    private static async Task<IReadOnlyList<string>> OutcomesAsync(
        SampleCase sample, SampleFile[] files, Func<Office, IReadOnlyList<ItemId>, Task> file)
    {
        Office office = new();
        CaseFile opened = await office.OpenAsync(Office.Asked(sample.Patient));
        List<ItemId> items = [];
        foreach (SampleFile one in files)
        {
            items.Add(await office.ReceiveAsync(Office.KindOf(one), one.Content, items.Count % 3 == 0 ? opened.Number : default));
        }

        await file(office, items);
        // Not the evidence: an identifier that one of them teaches is known to those after it only when they come later.
        List<string> outcomes = [];
        foreach (ItemId item in items)
        {
            outcomes.AddRange((await office.Store.FindRecordsAsync(item, AccessScope.All, CancellationToken.None)).Select(record =>
                $"{record.State} {record.Case} {record.Title}"));
        }

        return outcomes;
    }
}
