using System.Text;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using RecordHub.Cli.Sites;

namespace RecordHub.Cli.Tests.Sites;

public sealed class SettingsTextTests
{
    private const string Site = """{"Name":"North"}""";

    [TestCase("")]
    [TestCase("  \n")]
    [TestCase("{}")]
    [TestCase("{ // nothing yet\n}")]
    [TestCase("""{ "Http": { "Endpoint": "127.0.0.1:1" } }""")]
    [TestCase("""{ "Http": { "Endpoint": "127.0.0.1:1" }, }""")]
    [TestCase("""{ "Sites": [] }""")]
    [TestCase("""{ "sites": [ ], "Roles": "api" }""")]
    [TestCase("\uFEFF{ \"Roles\": \"api\" }\n")]
    public void A_first_site_is_put_where_the_service_reads_it(string text) =>
        Assert.That(Read(Add(text))["Sites:0:Name"], Is.EqualTo("North"));

    [TestCase("""{ "Sites": [ { "Name": "South" } ] }""")]
    [TestCase("""{ "Sites": [ { "Name": "South" }, ], "Roles": "api" }""")]
    [TestCase("{ \"Sites\": [ { \"Name\": \"South\" } // the first, with a ] in it\n ] }")]
    public void A_further_site_comes_behind_the_others(string text)
    {
        IConfiguration settings = Read(Add(text));

        Assert.That(settings["Sites:0:Name"], Is.EqualTo("South"));
        Assert.That(settings["Sites:1:Name"], Is.EqualTo("North"));
    }

    [Test]
    public void Every_other_byte_stays_as_it_is()
    {
        const string Text = "{\r\n\t// ours\r\n\t\"Roles\" : \"api\",\r\n\t\"Sites\":[{\"Name\":\"Süd\"}/* last */ ],\r\n}\r\n";
        string added = Add(Text);

        Assert.That(added, Does.Contain(Site));
        Assert.That(added.Replace(",\n    " + Site, string.Empty, StringComparison.Ordinal), Is.EqualTo(Text));
    }

    [TestCase("[]")]
    [TestCase("{ \"Roles\": ")]
    [TestCase("{ \"Sites\": [] } {")]
    [TestCase("{ \"Sites\": [] ")]
    [TestCase("""{ "Sites": { "0": { "Name": "South" } } }""")]
    [TestCase("""{ "Sites:0:Name": "South" }""")]
    public void What_cannot_be_added_to_is_refused_with_what_to_do(string text) => Assert.That(
        Assert.Throws<CommandException>(() => Add(text))!.Advice, Is.Not.Empty);

    private static string Add(string text) =>
        Encoding.UTF8.GetString(SettingsText.AddSite(Encoding.UTF8.GetBytes(text), Site));

    private static IConfiguration Read(string text) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text))).Build();
}
