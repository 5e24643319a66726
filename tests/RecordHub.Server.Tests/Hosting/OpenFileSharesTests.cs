using NUnit.Framework;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

public sealed class OpenFileSharesTests
{
    // Libraries and the store without any connection, measured with all that is used loaded: 303.
    private const int Own = 320;
    private static readonly RecordHubOptions s_configured = new() { Data = "." };

    [TestCase(null)]
    [TestCase(20_000L)]
    [TestCase(long.MaxValue)]
    public void Fit_leaves_what_has_room(long? limit)
    {
        Assert.That(OpenFileShares.Fit(s_configured, limit, out string? advice), Is.SameAs(s_configured));
        Assert.That(advice, Is.Null);
    }

    [Test]
    public void Fit_keeps_all_connections_and_the_files_of_their_requests_under_the_limit([Values(600, 700, 1024, 2048, 4096, 9000)] int limit)
    {
        RecordHubOptions fitting = OpenFileShares.Fit(s_configured, limit, out string? advice);

        Assert.That(
            Own + OpenFileShares.MostConnections(fitting) + fitting.Limits.Connections + fitting.DicomLimits.MaxInstancesInFlight,
            Is.LessThanOrEqualTo(limit));
        Assert.That(fitting.Limits.Connections, Is.Positive);
        Assert.That(fitting.MaxAssociations, Is.Positive);
        Assert.That(fitting.DicomLimits.MaxWaiting, Is.Positive);
        Assert.That(advice, Does.Contain($"{limit} files").And.Contain("ulimit -n"));
    }

    [TestCase(0)]
    [TestCase(256)]
    public void Fit_leaves_each_door_some_connections_of_the_smallest_limit(int limit)
    {
        RecordHubOptions fitting = OpenFileShares.Fit(s_configured, limit, out _);

        Assert.That(fitting.Limits.Connections, Is.InRange(1, 100));
        Assert.That(fitting.MaxAssociations, Is.InRange(1, 100));
        Assert.That(fitting.DicomLimits.MaxWaiting, Is.InRange(1, 100));
    }

    [Test]
    public void Fit_never_makes_a_number_bigger_than_it_is_configured()
    {
        RecordHubOptions few = s_configured with
        {
            MaxAssociations = 3,
            DicomLimits = new DicomLimits { MaxWaiting = 5 },
            Limits = new HttpLimits { Connections = 100_000 },
        };

        RecordHubOptions fitting = OpenFileShares.Fit(few, 1024, out _);

        Assert.That(fitting.MaxAssociations, Is.EqualTo(3));
        Assert.That(fitting.DicomLimits.MaxWaiting, Is.EqualTo(5));
        Assert.That(fitting.Limits.Connections, Is.InRange(200, 300), "what DICOM leaves over is HTTP's");
    }
}
