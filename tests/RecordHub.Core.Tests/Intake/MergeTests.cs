using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Intake;

/// <summary>A site joins identifiers that it has issued: by ADT A40 and by Patient.link.</summary>
public sealed class MergeTests
{
    private const string Issuer = "2.25.7001";

    [Test]
    public async Task A_merge_teaches_the_other_number_and_held_records_follow()
    {
        Office office = await OpenAsync("111");
        HeldRecord before = await SendAsync(office, Result("222"));

        HeldRecord merge = await SendAsync(office, Merge("A40", "111", "222"));
        HeldRecord? after = await ShowAsync(office, before);
        HeldRecord later = await SendAsync(office, Result("222", "Note two"));

        Assert.That(before.State, Is.EqualTo(RecordState.Held));
        Assert.That((merge.State, merge.Reason), Is.EqualTo((RecordState.Filed, "merged")));
        Assert.That((after!.State, after.Reason), Is.EqualTo((RecordState.Filed, "linked-identifier")));
        Assert.That(later.Reason, Is.EqualTo("linked-identifier"));
    }

    [TestCase("A18")]
    [TestCase("A34")]
    [TestCase("A47")]
    public async Task The_other_events_that_join_numbers_are_merges_too(string name)
    {
        Office office = await OpenAsync("111");

        Assert.That((await SendAsync(office, Merge(name, "111", "222"))).Reason, Is.EqualTo("merged"));
    }

    [Test]
    public async Task The_end_is_the_same_in_whatever_order_merges_and_records_come()
    {
        string[] messages = [Merge("A40", "111", "222"), Merge("A40", "222", "333"), Result("333"), Result("111", "Note one")];
        HashSet<string> ends = [];
        foreach (int[] order in Orders(messages.Length))
        {
            Office office = await OpenAsync("111");
            List<HeldRecord> sent = [];
            foreach (int index in order)
            {
                sent.Add(await SendAsync(office, messages[index]));
            }

            HeldRecord?[] now = await Task.WhenAll(sent.Select(record => ShowAsync(office, record)));
            ends.Add(string.Join(", ", now.Zip(order).OrderBy(pair => pair.Second).Select(pair => $"{pair.First!.State} {pair.First.Reason}")));
        }

        Assert.That(ends, Is.EqualTo(new[] { "Filed merged, Filed merged, Filed linked-identifier, Filed linked-identifier" }));
    }

    [Test]
    public async Task A_merge_of_numbers_that_are_nobodys_waits_without_a_person()
    {
        Office office = await OpenAsync("999");

        HeldRecord merge = await SendAsync(office, Merge("A40", "111", "222"));

        Assert.That((merge.State, merge.Reason), Is.EqualTo((RecordState.Ignored, "merge-of-nobody-known")));
    }

    [Test]
    public async Task Two_merges_do_not_prove_each_other_when_the_patient_is_unlinked()
    {
        Office office = await OpenAsync();
        HeldRecord first = await SendAsync(office, Result("111"));
        HeldRecord one = await SendAsync(office, Merge("A40", "111", "222"));
        HeldRecord two = await SendAsync(office, Merge("A40", "222", "111"));
        HeldRecord last = await SendAsync(office, Result("222", "Note two"));

        await office.Inbox.UndoAsync(first.Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That((first.Reason, one.Reason, two.Reason, last.Reason), Is.EqualTo(("certain-match", "merged", "merged", "linked-identifier")));
        Assert.That((await ShowAsync(office, one))!.Reason, Is.EqualTo("merge-of-nobody-known"));
        Assert.That((await ShowAsync(office, two))!.Reason, Is.EqualTo("merge-of-nobody-known"));
        Assert.That((await ShowAsync(office, last))!.Reason, Is.EqualTo("taken-back"));
    }

    [Test]
    public async Task A_merge_that_is_undone_takes_its_link_and_what_came_by_it_back()
    {
        Office office = await OpenAsync("111");
        HeldRecord merge = await SendAsync(office, Merge("A40", "111", "222"));
        HeldRecord record = await SendAsync(office, Result("222", given: "S"));
        Assert.That(record.State, Is.EqualTo(RecordState.Filed));

        await office.Inbox.UndoAsync(merge.Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That((await ShowAsync(office, merge))!.Reason, Is.EqualTo("undone"));
        Assert.That((await ShowAsync(office, record))!.State, Is.EqualTo(RecordState.Held));
    }

    [Test]
    public async Task A_merge_that_would_join_two_patients_is_held()
    {
        Office office = await OpenAsync("111");
        await office.OpenAsync(Office.Asked(family: "Andersfall", given: "Ignota", identifiers: [new PatientIdentifier(Issuer, "222")]));

        HeldRecord merge = await SendAsync(office, Merge("A40", "111", "222"));

        Assert.That((merge.State, merge.Reason), Is.EqualTo((RecordState.Held, "merge-joins-patients")));
        Assert.That(merge.SuggestedCases, Has.Count.EqualTo(2));
    }

    [TestCase("2.25.7002", "North")]
    [TestCase(null, "North")]
    [TestCase(Issuer, null)]
    public async Task A_site_joins_no_numbers_but_its_own(string? issuer, string? site)
    {
        Office office = await OpenAsync("111");

        HeldRecord merge = await SendAsync(office, Merge("A40", "111", "222"), issuer, site);

        Assert.That((merge.State, merge.Reason), Is.EqualTo((RecordState.Held, "merge-of-other-issuers")));
        Assert.That((await SendAsync(office, Result("222", given: "S"))).State, Is.EqualTo(RecordState.Held));
    }

    [Test]
    public async Task A_merge_that_describes_somebody_else_is_held()
    {
        Office office = await OpenAsync("111");

        HeldRecord other = await SendAsync(office, Merge("A40", "111", "222", family: "Andersfall", given: "Ignotus", sex: "M"));
        HeldRecord prior = await SendAsync(office, Merge("A40", "111", "333", priorName: "Musterfall^Exempla"));
        HeldRecord emergency = await SendAsync(office, Merge("A40", "111", "444", priorName: "TRAUMA^ALPHA"));

        Assert.That((other.State, other.Reason), Is.EqualTo((RecordState.Held, "merge-disagrees")));
        Assert.That((prior.State, prior.Reason), Is.EqualTo((RecordState.Held, "merge-disagrees")));
        Assert.That((emergency.State, emergency.Reason), Is.EqualTo((RecordState.Filed, "merged")));
    }

    [TestCase("replaced-by")]
    [TestCase("replaces")]
    [TestCase("seealso")]
    public async Task A_link_between_Patients_is_a_merge(string kind)
    {
        Office office = await OpenAsync("111");
        string bundle = $$"""
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001","resource":{{Patient("111", string.Empty)}}},
             {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000002","resource":{{Patient(
                 "222", $",\"link\":[{{\"type\":\"{kind}\",\"other\":{{\"reference\":\"urn:uuid:00000000-0000-4000-8000-000000000001\"}}}}]")}}}]}
            """;

        IReadOnlyList<HeldRecord> records = await office.SendAsync(
            ContentKind.FhirJson, Encoding.UTF8.GetBytes(bundle), issuer: Issuer, site: "North");

        Assert.That(records.Select(record => record.Reason), Does.Contain("merged"));
        Assert.That((await SendAsync(office, Result("222", given: "S"))).Reason, Is.EqualTo("linked-identifier"));
    }

    private static string Patient(string number, string more) =>
        $$"""
        {"resourceType":"Patient","identifier":[{"system":"urn:oid:{{Issuer}}","value":"{{number}}"}],"gender":"female",
         "birthDate":"1961-04-09","name":[{"family":"Musterfall","given":["Synthia"]}]{{more}}}
        """;

    private static async Task<Office> OpenAsync(string? number = null)
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(identifiers: number is null ? [] : [new PatientIdentifier(Issuer, number)]));
        return office;
    }

    private static async Task<HeldRecord> SendAsync(Office office, string message, string? issuer = Issuer, string? site = "North") =>
        (await office.SendAsync(ContentKind.Hl7V2, Encoding.UTF8.GetBytes(message), issuer: issuer, site: site)).Single();

    private static Task<HeldRecord?> ShowAsync(Office office, HeldRecord record) =>
        office.Inbox.ShowAsync(record.Id, AccessScope.All, CancellationToken.None);

    // With another given name it is the number alone that says whose it is.
    private static string Result(string number, string note = "Note", string given = "Synthia") =>
        $"MSH|^~\\&|LAB|NORTH|||20260101||ORU^R01|{note}{number}|P|2.5\r"
        + $"PID|1||{number}^^^&{Issuer}&ISO||Musterfall^{given}||19610409|F\r"
        + $"OBR|1|||718-7^Haemoglobin^LN\rOBX|1|TX|718-7^Haemoglobin^LN||{note}||||||F\r";

    private static string Merge(
        string name, string number, string prior, string family = "Musterfall", string given = "Synthia", string sex = "F",
        string? priorName = null) =>
        $"MSH|^~\\&|ADT|NORTH|||20260101||ADT^{name}|{name}{prior}|P|2.5\rEVN|{name}|20260101\r"
        + $"PID|1||{number}^^^&{Issuer}&ISO||{family}^{given}||19610409|{sex}\rMRG|{prior}^^^&{Issuer}&ISO||||||{priorName}\r";

    private static IEnumerable<int[]> Orders(int count) => count == 1 ? [[0]]
        : Orders(count - 1).SelectMany(rest => Enumerable.Range(0, count)
            .Select(int[] (at) => [.. rest[..at], count - 1, .. rest[at..]]));
}
