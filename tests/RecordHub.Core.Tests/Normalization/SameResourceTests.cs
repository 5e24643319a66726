using System.Text;
using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>When two resources of different items are one: when they say the same, and only then.</summary>
public sealed class SameResourceTests
{
    private const string Ferritin = """
        {"resourceType":"Observation","id":"7","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}],"text":"Ferritin é"},
         "effectiveDateTime":"2024-05-01","valueQuantity":{"value":12.0,"unit":"ug/L"},"interpretation":[{"text":"low"},{"text":"new"}]}
        """;

    private static readonly string[] s_places = ["urn:uuid:", "http://ehr.example/fhir/", string.Empty];

    [Test]
    public void Sent_again_in_any_order_under_any_names_it_is_the_same()
    {
        string[] expected = Keys(Delivery.Whole.Write(0, null, "urn:uuid:"));
        Assert.That(expected, Has.Length.EqualTo(Delivery.Whole.Count - 1).And.Unique);

        Gen.Select(Gen.Int, Gen.Shuffle(Enumerable.Range(0, Delivery.Whole.Count).ToArray()), Gen.Int[0, 2])
            .Sample(
                (seed, order, place) => Assert.That(Keys(Delivery.Whole.Write(seed, order, s_places[place])), Is.EquivalentTo(expected)),
                iter: 200, threads: 1);
    }

    [Test]
    public void What_differs_in_anything_is_another_resource_and_so_is_what_refers_to_it()
    {
        string[] expected = Keys(Delivery.Whole.Write(0, null, "urn:uuid:"));
        for (int changed = 0; changed < Delivery.Whole.Leaves; changed++)
        {
            string[] keys = Keys(Delivery.Whole.Changed(changed).Write(0, null, "urn:uuid:"));

            Assert.That(keys, Has.Length.EqualTo(expected.Length));
            Assert.That(keys.Except(expected), Is.Not.Empty, $"leaf {changed}");
        }
    }

    [TestCase("\"id\":\"7\"", "\"id\":\"8\"", true)]
    [TestCase("\"id\":\"7\"", "\"id\":\"7\",\"meta\":{\"versionId\":\"3\",\"lastUpdated\":\"2024-01-01T00:00:00Z\",\"source\":\"urn:x\"}", true)]
    [TestCase("Ferritin é", "Ferritin \\u00E9", true)]
    [TestCase("\"value\":12.0,\"unit\":\"ug/L\"", "\"unit\":\"ug\\/L\",\"value\":12.0", true)]
    [TestCase("2024-05-01", "2024-05-02", false)]
    [TestCase("12.0", "12", false)]
    [TestCase("12.0", "12.1", false)]
    [TestCase("\"final\"", "\"amended\"", false)]
    [TestCase("[{\"text\":\"low\"},{\"text\":\"new\"}]", "[{\"text\":\"new\"},{\"text\":\"low\"}]", false)]
    [TestCase("\"id\":\"7\"", "\"id\":\"7\",\"meta\":{\"tag\":[{\"code\":\"t\"}]}", false)]
    [TestCase("\"id\":\"7\"", "\"id\":\"7\",\"identifier\":[{\"system\":\"urn:lab\",\"value\":\"1\"}]", false)]
    public void Only_what_the_senders_server_adds_is_set_aside(string old, string now, bool isSame) =>
        Assert.That(Keys(Ferritin.Replace(old, now, StringComparison.Ordinal)), isSame ? Is.EqualTo(Keys(Ferritin)) : Is.Not.EqualTo(Keys(Ferritin)));

    [Test]
    public void The_format_does_not_matter() => Assert.That(
        Keys(FhirXml.FromJson(Encoding.UTF8.GetBytes(Ferritin)), ContentKind.FhirXml),
        Is.EqualTo(Keys(Ferritin)).And.EqualTo(Keys(Encoding.UTF8.GetBytes(Ferritin.ReplaceLineEndings(" ")), ContentKind.FhirNdjson)));

    [Test]
    public void Of_one_key_are_only_the_same_bytes()
    {
        Dictionary<string, string> known = [];
        Gen.Select(Gen.Int, Gen.Int[0, Delivery.Whole.Leaves], Gen.Shuffle(Enumerable.Range(0, Delivery.Whole.Count).ToArray())).Sample(
            (seed, leaf, order) =>
            {
                Delivery sent = leaf == Delivery.Whole.Leaves ? Delivery.Whole : Delivery.Whole.Changed(leaf);
                foreach (ResourceDraft draft in Drafts(Encoding.UTF8.GetBytes(sent.Write(seed, order, "urn:uuid:")), ContentKind.FhirJson))
                {
                    Assert.That(Bytes.Text(draft.Json), Is.EqualTo(known.TryGetValue(draft.Key, out string? json) ? json : known[draft.Key] = Bytes.Text(draft.Json)));
                }
            },
            iter: 300, threads: 1);
    }

    [TestCase("")]
    [TestCase("\"identifier\":[{\"system\":\"urn:lab\",\"value\":\"1\"}],")]
    [TestCase("\"effectiveDateTime\":\"2024-05-01\",")]
    public void What_tells_neither_when_nor_by_which_number_is_two_when_its_sender_says_so(string said)
    {
        string one = $$"""{"resourceType":"Observation","id":"1",{{said}}"status":"final","code":{"text":"pulse"},"valueInteger":80}""";
        string two = one.Replace("\"id\":\"1\",", "\"id\":\"2\",", StringComparison.Ordinal);
        string bare = one.Replace("\"id\":\"1\",", string.Empty, StringComparison.Ordinal);

        Assert.That(Keys(one).SequenceEqual(Keys(two)), Is.EqualTo(said.Length > 0));
        Assert.That(Keys(Bundle(one, two)), Has.Length.EqualTo(said.Length > 0 ? 1 : 2));
        Assert.That(Keys(Bundle(bare, bare)), Has.Length.EqualTo(said.Length > 0 ? 1 : 2));
        Assert.That(Keys(Bundle(bare, bare)), Is.SupersetOf(Keys(bare)));
    }

    [Test]
    public void Lists_of_the_same_that_refer_to_different_things_are_two()
    {
        string[] alike = Keys(Ring(2, "a", "a"));
        string[] other = Keys(Ring(2, "a", "b"));

        Assert.That(other.Intersect(alike), Is.Empty);
        Assert.That(Keys(Ring(3, "a", "b", "c")), Is.EquivalentTo(Keys(Ring(3, "b", "c", "a"))));
        Assert.That(Keys(Ring(3, "a", "b", "c")).Intersect(Keys(Ring(3, "a", "c", "b"))), Is.Empty);
    }

    [Test]
    public void A_ring_that_is_too_long_to_compare_is_kept_as_often_as_it_comes()
    {
        string[] titles = [.. Enumerable.Range(0, 65).Select(number => $"{number}")];

        Assert.That(Keys(Ring(65, titles)).Intersect(Keys(Ring(65, [.. titles[1..], titles[0]]))), Is.Empty);
        Assert.That(Keys(Ring(64, titles[..64])), Is.EquivalentTo(Keys(Ring(64, [.. titles[1..64], titles[0]]))));
    }

    [Test]
    public void Words_that_stand_for_another_resource_do_not_make_it_one_that_refers_to_it()
    {
        const string document = """{"resourceType":"DocumentReference","id":"d","status":"current","content":[{"attachment":{"url":"Basic/b"}}]}""";
        string[] keys = Keys(Bundle(document, """{"resourceType":"Basic","id":"b","code":{"text":"x"}}"""));
        string basic = keys.Single(key => key.StartsWith("Basic", StringComparison.Ordinal))["Basic ".Length..];
        string[] forged = Keys(document.Replace("Basic/b", Placeholder.For(basic), StringComparison.Ordinal));

        Assert.That(keys, Has.None.EqualTo(forged.Single()));
    }

    // Basics that refer to each other in a circle.
    private static string Ring(int count, params string[] titles) => Bundle([.. Enumerable.Range(0, count).Select(number =>
        $$$"""{"resourceType":"Basic","id":"{{{number}}}","code":{"text":"{{{titles[number]}}}"},"extension":[{"url":"urn:next","valueReference":{"reference":"Basic/{{{(number + 1) % count}}}"}}]}""")]);

    private static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(one => $$"""{"resource":{{one}}}"""))}}]}""";

    private static string[] Keys(string json) => Keys(Encoding.UTF8.GetBytes(json), ContentKind.FhirJson);

    private static string[] Keys(byte[] bytes, ContentKind kind) => [.. Drafts(bytes, kind).Select(draft => $"{draft.Type} {draft.Key}")];

    private static IEnumerable<ResourceDraft> Drafts(byte[] bytes, ContentKind kind) =>
        Bytes.Records(Bytes.Normalize(kind, bytes)).SelectMany(record => record.Resources);
}
