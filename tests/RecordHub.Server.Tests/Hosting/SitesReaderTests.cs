using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>Sites and aliases as they are configured.</summary>
public sealed class SitesReaderTests
{
    [Test]
    public void A_site_with_a_name_alone_may_send_and_is_not_called()
    {
        SiteOptions site = Read(("Sites:0:Name", "North")).Sites.Single();

        Assert.That(site.Verbs, Is.EqualTo(SiteVerbs.Echo | SiteVerbs.Store | SiteVerbs.Commit));
        Assert.That(site.Sees, Is.EqualTo(SiteSight.Own));
        Assert.That(site.Tenant, Is.Null);
        Assert.That(site.Host, Is.Null);
    }

    [Test]
    public void All_of_a_site_is_read()
    {
        SiteOptions site = Read(
            ("Sites:0:Name", "North"), ("Sites:0:AeTitle", "NORTH"), ("Sites:0:Address", "192.0.2.7, 10.1.2.3/16"),
            ("Sites:0:Host", "pacs.north.example"), ("Sites:0:Port", "11112"), ("Sites:0:Verbs", "echo, Find,MOVE"),
            ("Sites:0:Sees", "All"), ("Sites:0:Tenant", "north"), ("Sites:0:FhirUrl", "https://north.example/fhir"),
            ("Sites:0:DicomWebUrl", "https://north.example/dicomweb")).Sites.Single();

        Assert.That(site.CallsFrom.Select(network => network.ToString()), Is.EqualTo(new[] { "192.0.2.7/32", "10.1.0.0/16" }));
        Assert.That((site.Host, site.Port), Is.EqualTo(("pacs.north.example", 11112)));
        Assert.That(site.Verbs, Is.EqualTo(SiteVerbs.Echo | SiteVerbs.Find | SiteVerbs.Move));
        Assert.That(site.Sees, Is.EqualTo(SiteSight.All));
        Assert.That(site.Tenant.ToString(), Is.EqualTo("north"));
        Assert.That(site.FhirUrl?.Host, Is.EqualTo("north.example"));
    }

    [TestCase("192.0.2.7", "192.0.2.7", 1)]
    [TestCase("2001:db8::7", "2001:db8::7", 1)]
    [TestCase("pacs.north.example", "pacs.north.example", 0)]
    [TestCase("10.1.0.0/16", null, 1)]
    [TestCase("192.0.2.7 192.0.2.8", null, 2)]
    public void An_address_of_one_is_where_the_site_is_called_and_a_name_is_for_calling_alone(
        string address, string? called, int callsFrom)
    {
        SiteOptions site = Read(("Sites:0:Name", "North"), ("Sites:0:Address", address)).Sites.Single();

        Assert.That(site.Host, Is.EqualTo(called));
        Assert.That(site.CallsFrom, Has.Count.EqualTo(callsFrom));
    }

    [Test]
    public void A_site_is_asked_at_an_interval_only_where_it_can_be_asked()
    {
        Assert.That(Read(
            ("Sites:0:Name", "North"), ("Sites:0:AeTitle", "NORTH"), ("Sites:0:Host", "pacs.north.example"),
            ("Sites:0:Port", "11112"), ("Sites:0:PullSeconds", "600")).Sites.Single().PullEvery, Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That(
            () => Read(("Sites:0:Name", "North"), ("Sites:0:PullSeconds", "600")),
            Throws.TypeOf<StartRefusedException>().With.Message.Contains("PullSeconds is 600").And.Message.Contains("AeTitle, Host and Port"));
    }

    [TestCase("Address", "10.1")]
    [TestCase("Address", "10.1.0.0/33")]
    [TestCase("Address", "192.0.2.7, pacs")]
    [TestCase("Address", "1.2.3.4.5")]
    [TestCase("Host", "not a host")]
    [TestCase("Port", "0")]
    [TestCase("Port", "65536")]
    [TestCase("Verbs", "echo,steal")]
    [TestCase("Verbs", "none,echo")]
    [TestCase("Sees", "some")]
    [TestCase("Sees", "1")]
    [TestCase("Tenant", "North Clinic")]
    [TestCase("Tenant", "-north")]
    [TestCase("FhirUrl", "north.example")]
    [TestCase("DicomWebUrl", "ftp://north.example")]
    public void A_wrong_value_stops_with_the_key_the_value_and_what_is_allowed(string key, string value)
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(
            () => Read(("Sites:0:Name", "North"), ($"Sites:0:{key}", value)))!;

        Assert.That(refused.Message, Does.Contain($"Sites:0:{key}").And.Contain($"'{value}'").And.Contain("allowed is"));
    }

    [Test]
    public void A_port_without_a_host_stops() => Assert.That(
        Assert.Throws<StartRefusedException>(() => Read(("Sites:0:Name", "North"), ("Sites:0:Port", "104")))!.Message,
        Does.Contain("Sites:0:Port").And.Contain("Sites:0:Host"));

    [TestCase(null, null, true)]
    [TestCase("192.0.2.7", "192.0.2.7", true)]
    [TestCase("192.0.2.7,10.0.0.0/8", "10.0.0.0/8", true)]
    [TestCase("pacs-a.example", "pacs-b.example", true)]
    [TestCase("192.0.2.7", "192.0.2.8", false)]
    [TestCase("192.0.2.0/24", "192.0.2.8", false)]
    [TestCase("192.0.2.7", null, false)]
    public void Two_sites_of_one_title_stop_when_a_caller_could_be_either(string? first, string? second, bool stops)
    {
        List<(string, string)> settings =
        [
            ("Sites:0:Name", "North"), ("Sites:0:AeTitle", "ANY-SCP"), ("Sites:1:Name", "South"), ("Sites:1:AeTitle", "ANY-SCP "),
        ];
        settings.AddRange(first is null ? [] : [("Sites:0:Address", first)]);
        settings.AddRange(second is null ? [] : [("Sites:1:Address", second)]);

        Assert.That(() => Read([.. settings]), stops
            ? Throws.TypeOf<StartRefusedException>().With.Message.Contains("Sites:1:AeTitle").And.Message.Contains("North")
            : Throws.Nothing);
    }

    [Test]
    public void An_alias_is_a_tenants_or_a_cases()
    {
        IReadOnlyList<CalledAlias> aliases = Read(
            ("Dicom:Aliases:0:AeTitle", "NORTHHUB"), ("Dicom:Aliases:0:Tenant", "north"),
            ("Dicom:Aliases:1:AeTitle", "TUMOURBOARD"), ("Dicom:Aliases:1:Case", "12")).Aliases;

        Assert.That(aliases[0], Is.EqualTo(new CalledAlias("NORTHHUB", Tenant.Parse("north"), default)));
        Assert.That(aliases[1].Case.Value, Is.EqualTo(12));
    }

    [TestCase("Dicom:Aliases:0:AeTitle", "AeTitle=RECORDHUB Tenant=north")]
    [TestCase("Dicom:Aliases:0:AeTitle", "AeTitle=RHCASE7 Tenant=north")]
    [TestCase("Dicom:Aliases:0:AeTitle", "AeTitle=SEVENTEEN_LETTERS Tenant=north")]
    [TestCase("Dicom:Aliases:0:AeTitle", "Tenant=north")]
    [TestCase("Dicom:Aliases:0:Tenant", "AeTitle=NORTHHUB")]
    [TestCase("Dicom:Aliases:0:Tenant", "AeTitle=NORTHHUB Tenant=north Case=1")]
    [TestCase("Dicom:Aliases:0:Tenant", "AeTitle=NORTHHUB Tenant=NORTH")]
    [TestCase("Dicom:Aliases:0:Case", "AeTitle=NORTHHUB Case=zero")]
    public void A_wrong_alias_stops_and_names_its_key(string key, string members) => Assert.That(
        Assert.Throws<StartRefusedException>(() => Read([.. members.Split(' ').Select(member => member.Split('='))
            .Select(pair => ($"Dicom:Aliases:0:{pair[0]}", pair[1]))]))!.Message, Does.Contain(key));

    private static RecordHubOptions Read(params (string Key, string Value)[] settings) => OptionsReader.Read(
        Path.GetTempPath(),
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, string? (pair) => pair.Value)).Build());
}
