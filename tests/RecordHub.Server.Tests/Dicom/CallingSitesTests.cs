using System.Net;
using NUnit.Framework;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

public sealed class CallingSitesTests
{
    private readonly CallingSites _sites = new(
    [
        Site("anywhere", "ANY-SCP"),
        Site("campus", "ANY-SCP", "10.1.0.0/16"),
        Site("desk", "ANY-SCP", "10.1.2.3/32", "192.0.2.7/32"),
        Site("six", "ANY-SCP", "2001:db8::/32"),
        Site("fixed", "FIXED", "192.0.2.7/32"),
    ]);

    [TestCase("ANY-SCP", "10.1.2.3", "desk")]
    [TestCase("ANY-SCP", "::ffff:10.1.2.3", "desk")]
    [TestCase("ANY-SCP", "192.0.2.7", "desk")]
    [TestCase("ANY-SCP", "10.1.2.4", "campus")]
    [TestCase("ANY-SCP", "2001:db8::1", "six")]
    [TestCase("ANY-SCP", "198.51.100.1", "anywhere")]
    [TestCase("FIXED", "192.0.2.7", "fixed")]
    [TestCase("FIXED", "192.0.2.8", null)]
    [TestCase("OTHER", "192.0.2.7", null)]
    public void A_title_is_the_site_whose_address_says_most_about_the_caller(string title, string from, string? name) =>
        Assert.That(_sites.Find(title, new IPEndPoint(IPAddress.Parse(from), 4242))?.Name, Is.EqualTo(name));

    [Test]
    public void A_caller_without_an_address_is_no_site_that_has_one() => Assert.That(_sites.Find("FIXED", null), Is.Null);

    private static SiteOptions Site(string name, string title, params string[] callsFrom) => new()
    {
        Name = name,
        AeTitle = title,
        CallsFrom = [.. callsFrom.Select(text => IPNetwork.Parse(text))],
    };
}
