using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Api;

/// <summary>What is sent to the import door in another form than a document's.</summary>
[CancelAfter(60_000)]
internal sealed class ImportDoorTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("a.7z", "7z\u00bc\u00af\u0027\u001c", "unpack it")]
    [TestCase("a.zip", "PK\u0003\u0004", "recordhub import")]
    [TestCase("a.tgz", "\u001f\u008b\u0008", "recordhub import")]
    [TestCase("a.msg", "\u00d0\u00cf\u0011\u00e0", "save it as .eml")]
    public async Task What_is_not_opened_is_rejected_with_what_to_do(string name, string bytes, string advice)
    {
        JsonArray records = await SendAsync($"api/import?name={name}", Encoding.Latin1.GetBytes(bytes));

        Assert.That(records.Single()!["outcome"]!.GetValue<string>(), Is.EqualTo("rejected"), records.ToJsonString());
        Assert.That(records[0]!["reason"]!.GetValue<string>(), Does.Contain(advice));
    }

    [TestCase("api/import?name=post.eml", new[] { "held", "held", "rejected" })]
    [TestCase("api/import?name=post.eml&attachments=apart", new[] { "held" })]
    public async Task Each_file_of_an_e_mail_is_an_item_of_its_own_unless_its_sender_sends_them_too(string path, string[] outcomes)
    {
        string text = $"From: a@b.example\r\nMessage-ID: <{Guid.NewGuid()}>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nAttached.\r\n"
            + $"--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nA letter {Guid.NewGuid()}.\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=a.7z\r\nContent-Transfer-Encoding: base64\r\n\r\nN3q8rycc\r\n--b--\r\n";

        JsonArray records = await SendAsync(path, Encoding.UTF8.GetBytes(text));

        Assert.That(records.Select(record => record!["outcome"]!.GetValue<string>()), Is.EqualTo(outcomes), records.ToJsonString());
        Assert.That(records[0]!["warnings"]!.ToJsonString(), Does.Contain("not-read: a file of the e-mail"));
    }

    // Nobody opens it here; recordhub import sends it apart, and what is in it too.
    [TestCase("api/import?name=post.eml", true)]
    [TestCase("api/import?name=post.eml&attachments=apart", false)]
    public async Task An_archive_in_an_e_mail_is_a_loss_where_it_is_left_closed(string path, bool isLost)
    {
        string text = $"From: a@b.example\r\nMessage-ID: <{Guid.NewGuid()}>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nAttached.\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=a.zip\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBAAA\r\n--b--\r\n";

        JsonArray records = await SendAsync(path, Encoding.UTF8.GetBytes(text));

        Assert.That(records[0]!["warnings"]!.ToJsonString().Contains("application/zip", StringComparison.Ordinal), Is.EqualTo(isLost), records.ToJsonString());
        Assert.That(records.Count(record => record!["outcome"]!.GetValue<string>() == "rejected"), Is.EqualTo(isLost ? 1 : 0));
    }

    [TestCase("image.dcm", "\u0001\u0002\u00ff\u0000", "rejected")]
    [TestCase("image.dcm", "<html><body>404</body></html>", "rejected")]
    [TestCase("image.dcm", "", "rejected")]
    [TestCase("viewer.dat", "\u0001\u0002\u00ff\u0000", "ignored")]
    public async Task What_is_named_as_a_record_and_is_none_is_rejected_as_by_an_import(string name, string bytes, string outcome)
    {
        JsonArray records = await SendAsync($"api/import?name={name}", Encoding.Latin1.GetBytes(bytes));

        Assert.That(records.Single()!["outcome"]!.GetValue<string>(), Is.EqualTo(outcome), records.ToJsonString());
    }

    private async Task<JsonArray> SendAsync(string path, byte[] bytes)
    {
        using ByteArrayContent content = new(bytes);
        using HttpResponseMessage answer = await _hub.Http.PostAsync(path, content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!.AsArray();
    }
}
