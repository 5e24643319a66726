using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Server.Fhir;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class HistoryRequestTests
{
    private static readonly ResourceVersion[] s_versions = [.. Enumerable.Range(1, 5).Reverse().Select(n => new ResourceVersion
    {
        Type = "Basic",
        Id = "a",
        Version = n,
        LastUpdated = new DateTimeOffset(2024, 1, n, 0, 0, 0, TimeSpan.Zero),
        Deleted = false,
        Json = default,
    })];

    [Test]
    public void Pages_follow_each_other_from_the_newest()
    {
        List<int> read = [];
        string? cursor = null;
        do
        {
            (int total, IReadOnlyList<ResourceVersion> page, string? next) =
                Read(("_count", "2"), ("_since", "2024-01-02"), ("_cursor", cursor ?? string.Empty)).Of(s_versions);
            Assert.That(total, Is.EqualTo(4));
            read.AddRange(page.Select(version => version.Version));
            cursor = next;
        }
        while (cursor is not null);

        Assert.That(read, Is.EqualTo(new[] { 5, 4, 3, 2 }));
    }

    [Test]
    public void Links_say_what_was_asked_for() => Assert.That(
        Read(("_count", "2"), ("_since", "2024-01-02T00:00:00+01:00")).Next("h", "4"),
        Is.EqualTo("h?_count=2&_since=2024-01-02T00%3A00%3A00%2B01%3A00&_cursor=4"));

    private static HistoryRequest Read(params (string Name, string Value)[] parameters) => HistoryRequest.Read(
        new QueryCollection(parameters.ToDictionary(pair => pair.Name, pair => new StringValues(pair.Value))), new HttpLimits());
}
