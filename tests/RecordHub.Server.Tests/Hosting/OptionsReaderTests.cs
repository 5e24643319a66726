using NUnit.Framework;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

internal sealed class OptionsReaderTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-options-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Nothing_configured_gives_the_documented_defaults()
    {
        RecordHubOptions options = Load();

        Assert.That(options.Http.ToString(), Is.EqualTo("127.0.0.1:8080"));
        Assert.That(options.Dicom.ToString(), Is.EqualTo("127.0.0.1:11112"));
        Assert.That(options.AeTitle, Is.EqualTo("RECORDHUB"));
        Assert.That(options.Roles, Is.EqualTo(ServerRoles.All));
        Assert.That(options.AcceptUnknownCallers, Is.False);
    }

    [Test]
    public void The_command_line_beats_the_file()
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), """
            { "Http": { "Endpoint": "127.0.0.1:1" }, "Sites": [ { "Name": "North", "AeTitle": "NORTH" } ] }
            """);

        RecordHubOptions options = Load(("Http:Endpoint", "localhost:0"));

        Assert.That(options.Http.Port, Is.Zero);
        Assert.That(options.Sites.Single().AeTitle, Is.EqualTo("NORTH"));
    }

    [TestCase("Http:Endpoint", "8080")]
    [TestCase("Http:Endpoint", "127.0.0.1:99999")]
    [TestCase("Dicom:Endpoint", "somewhere:11112")]
    [TestCase("Dicom:AeTitle", "SEVENTEEN_LETTERS")]
    [TestCase("Dicom:AcceptUnknownCallers", "maybe")]
    [TestCase("Dicom:MaxWaiting", "0")]
    [TestCase("Dicom:MaxWaitingPerAddress", "many")]
    [TestCase("Dicom:MaxInstancesInFlight", "0")]
    [TestCase("Dicom:MaxBytesInFlight", "-1")]
    [TestCase("Dicom:AdmissionSeconds", "601")]
    [TestCase("Dicom:MaxPduLength", "100")]
    [TestCase("Dicom:TlsEndpoint", "2762")]
    [TestCase("Dicom:Certificate", "nowhere.pem")]
    [TestCase("Dicom:ClientCertificates", "maybe")]
    [TestCase("Dicom:TlsHandshakeSeconds", "0")]
    [TestCase("Roles", "dicom,spi")]
    [TestCase("Broker:Uri", "http://broker")]
    [TestCase("Blobs:Uri", "ftp://blobs")]
    [TestCase("Database:Connection", "Server=here")]
    [TestCase("Fhir:PageSize", "0")]
    public void A_wrong_value_stops_with_the_key_the_value_and_what_is_allowed(string key, string value)
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => Load((key, value)))!;

        Assert.That(refused.Message, Does.Contain(key).And.Contain($"'{value}'").And.Contain("allowed is"));
    }

    [TestCase("Database:Connection", "Hots=db;Database=records;Password=secret", "Database=records;Password=…")]
    [TestCase("Database:Connection", "Host=db;Passwrod='se;cret=secret'", "Host=db;Passwrod=…")]
    [TestCase("Broker:Uri", "http://user:secret@broker", "http://…@broker")]
    public void A_wrong_value_is_shown_without_its_password(string key, string value, string shown)
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => Load((key, value)))!;

        Assert.That(refused.Message, Does.Contain(shown).And.Not.Contain("secret"));
    }

    [Test]
    public void A_host_is_PostgreSQL_and_a_data_source_is_a_file_of_SQLite()
    {
        const string server = "Host=db;Database=records;Username=hub;Password=secret";
        RecordHubOptions distributed = Load(("Database:Connection", server));
        RecordHubOptions embedded = Load(("Database:Connection", "Data Source=other.db"));

        Assert.That((distributed.PostgresConnection, distributed.DatabaseFile), Is.EqualTo((server, (string?)null)));
        Assert.That(embedded.PostgresConnection, Is.Null);
        Assert.That(embedded.DatabaseFile, Is.EqualTo(Path.Combine(embedded.Data, "other.db")));
        Assert.That(distributed.ToString(), Does.Not.Contain("secret"));
    }

    [Test]
    public void A_tls_port_needs_our_certificate_and_the_authorities_of_those_who_call()
    {
        string file = Path.Combine(_folder, "hub.pem");
        File.WriteAllText(file, string.Empty);

        Assert.That(
            Assert.Throws<StartRefusedException>(() => Load(("Dicom:TlsEndpoint", "127.0.0.1:0")))!.Message,
            Does.Contain("Dicom:Certificate is missing"));
        Assert.That(
            Assert.Throws<StartRefusedException>(
                () => Load(("Dicom:TlsEndpoint", "127.0.0.1:0"), ("Dicom:Certificate", file)))!.Message,
            Does.Contain("Dicom:TrustedCertificates is missing").And.Contain("Dicom:ClientCertificates"));
        Assert.That(
            Load(("Dicom:TlsEndpoint", "127.0.0.1:0"), ("Dicom:Certificate", file), ("Dicom:ClientCertificates", "OFF"))
                .DicomTls.ClientCertificates,
            Is.EqualTo(ClientCertificates.Off));
    }

    [Test]
    public void A_site_may_have_terms_of_its_own()
    {
        SiteOptions site = Load(
            ("Sites:0:Name", "North"), ("Sites:0:UserName", "anna"), ("Sites:0:PasscodeSha256", new string('a', 64)),
            ("Sites:0:MaxAssociations", "3"), ("Sites:0:MaxPduLength", "16384"), ("Sites:0:IdleSeconds", "20"),
            ("Sites:0:MaxInstancesInFlight", "2"), ("Sites:0:MaxBytesInFlight", "1000000"), ("Sites:0:Tls", "true"),
            ("Sites:0:Certificate", "north.example.org")).Sites.Single();

        Assert.That(site.User?.Name, Is.EqualTo("anna"));
        Assert.That(site.Limits, Is.EqualTo(new SiteLimits
        {
            MaxAssociations = 3,
            MaxPduLength = 16_384,
            Idle = TimeSpan.FromSeconds(20),
            MaxInstancesInFlight = 2,
            MaxBytesInFlight = 1_000_000,
        }));
        Assert.That((site.Tls, site.Certificate), Is.EqualTo((true, "north.example.org")));
    }

    [TestCase("PasscodeSha256", "secret", "sha256sum")]
    [TestCase("MaxAssociations", "0", "allowed is")]
    [TestCase("MaxPduLength", "4095", "allowed is")]
    [TestCase("IdleSeconds", "0", "allowed is")]
    [TestCase("MaxBytesInFlight", "0", "allowed is")]
    public void A_sites_wrong_term_stops_with_its_key(string key, string value, string told) => Assert.That(
        Assert.Throws<StartRefusedException>(() => Load(("Sites:0:Name", "North"), ($"Sites:0:{key}", value)))!.Message,
        Does.Contain($"Sites:0:{key}").And.Contain(told));

    [Test]
    public void An_unknown_key_stops_and_names_the_nearest_known_one()
    {
        StartRefusedException refused =
            Assert.Throws<StartRefusedException>(() => Load(("Dicom:AeTitel", "HUB")))!;

        Assert.That(refused.Message, Does.Contain("Dicom:AeTitel").And.Contain("Dicom:AeTitle"));
    }

    [Test]
    public void A_file_that_is_no_json_stops_and_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), "{ not json");

        Assert.That(
            Assert.Throws<StartRefusedException>(() => Load())!.Message, Does.Contain("appsettings.json"));
    }

    [Test]
    public void Two_sites_of_one_name_stop() => Assert.Throws<StartRefusedException>(
        () => Load(("Sites:0:Name", "North"), ("Sites:1:Name", "north")));

    private RecordHubOptions Load(params (string Key, string Value)[] commandLine) => RecordHubOptions.Load(
        _folder, commandLine.ToDictionary(pair => pair.Key, string? (pair) => pair.Value));
}
