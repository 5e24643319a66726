using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Uploads;

/// <summary>Files that come by the upload link of a case.</summary>
[CancelAfter(120_000)]
internal sealed class UploadDoorTests
{
    private UploadRig _rig = null!;

    [OneTimeSetUp]
    public async Task Start() => _rig = await UploadRig.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _rig.DisposeAsync();

    [Test]
    public async Task Files_are_received_and_filed_to_the_case_with_the_link_as_their_origin()
    {
        (string id, string path) = await _rig.LinkAsync();
        byte[] record = UploadRig.Observation("MRN1", "Muster", "Haemoglobin");

        (HttpStatusCode status, JsonNode body) = await _rig.SendAsync(
            path, ("Ordner/Befund Ä.json", record), ("disc/autorun.inf", "[autorun]\r\nopen=viewer.exe\r\n"u8.ToArray()),
            ("scan.pdf", "not a PDF"u8.ToArray()), ("all.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. new byte[64]]));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(
            body.AsArray().Select(one => $"{one!["path"]} {one["outcome"]}"),
            Is.EqualTo(new[] { "Ordner/Befund Ä.json received", "disc/autorun.inf not-a-record", "scan.pdf refused", "all.7z refused" }),
            body.ToJsonString());
        Assert.That(body[0]!["item"]!.GetValue<string>(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(record))));
        Assert.That(body[0]!["reason"], Is.Null);
        Assert.That(body[1]!["item"], Is.Null);
        Assert.That(body[3]!["reason"]!.GetValue<string>(), Does.Contain("unpack it").And.Not.Contain("recordhub"));

        await SettleAsync();
        (_, JsonNode found) = await _rig.Hub.GetAsync("fhir/Observation");
        Assert.That(found["entry"]?.AsArray(), Has.Count.EqualTo(1), found.ToJsonString());
        string observation = found["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
        (_, JsonNode provenance) = await _rig.Hub.GetAsync($"fhir/Provenance?target=Observation/{observation}");
        Assert.That(provenance.ToJsonString(), Does.Contain($"upload link {id}").And.Contain("uploaded"));
        JsonNode shown = await _rig.ShownAsync(id);
        Assert.That(shown["files"]!.GetValue<long>(), Is.EqualTo(1));
        Assert.That(shown["bytes"]!.GetValue<long>(), Is.EqualTo(record.Length));
    }

    [Test]
    public async Task Another_patients_record_is_held_and_its_sender_hears_nothing_of_it()
    {
        (_, string path) = await _rig.LinkAsync();
        byte[] other = UploadRig.Observation("OTHER9", "Andersfall", "Another");

        (_, JsonNode first) = await _rig.SendAsync(path, ("a.json", other));
        await SettleAsync();
        (_, JsonNode again) = await _rig.SendAsync(path, ("a.json", other));

        Assert.That(again.ToJsonString(), Is.EqualTo(first.ToJsonString()), "what was known is not told");
        Assert.That(first[0]!["outcome"]!.GetValue<string>(), Is.EqualTo("received"));
        Assert.That(first[0]!.AsObject().Select(one => one.Key), Is.EqualTo(new[] { "path", "outcome", "reason", "item" }));
        (_, JsonNode inbox) = await _rig.Hub.GetAsync("api/inbox");
        Assert.That(inbox.AsArray().Count(one => one!["door"]!.GetValue<string>() == "upload"), Is.GreaterThan(0), inbox.ToJsonString());
        (_, JsonNode observations) = await _rig.Hub.GetAsync("fhir/Observation");
        Assert.That(observations.ToJsonString(), Does.Contain("searchset").And.Not.Contain("Another"));
    }

    [Test]
    public async Task Files_in_an_e_mail_are_answered_for_one_by_one()
    {
        (_, string path) = await _rig.LinkAsync();
        string mail = $"From: a@b.example\r\nMessage-ID: <{Guid.NewGuid()}>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nAttached.\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nA letter.\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=a.7z\r\nContent-Transfer-Encoding: base64\r\n\r\nN3q8rycc\r\n--b--\r\n";

        (_, JsonNode body) = await _rig.SendAsync(path, ("post.eml", Encoding.UTF8.GetBytes(mail)));

        Assert.That(
            body.AsArray().Select(one => $"{one!["path"]} {one["outcome"]}"),
            Is.EqualTo(new[] { "post.eml received", "post.eml!/a.txt received", "post.eml!/a.7z refused" }), body.ToJsonString());
    }

    [Test]
    public async Task A_body_that_breaks_off_leaves_what_was_whole_and_nothing_else()
    {
        (string id, string path) = await _rig.LinkAsync();
        string whole = $"A letter {Guid.NewGuid()}.";
        string text = $"--b\r\nContent-Disposition: form-data; name=f; filename=one.txt\r\n\r\n{whole}\r\n"
            + "--b\r\nContent-Disposition: form-data; name=f; filename=two.txt\r\n\r\nThe beginning of";
        using StringContent content = new(text);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using HttpResponseMessage response = await _rig.Hub.Anonymous.PostAsync(path, content);

        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(
            body.AsArray().Select(one => $"{one!["path"]} {one["outcome"]}"),
            Is.EqualTo(new[] { "one.txt received", "two.txt refused" }), body.ToJsonString());
        JsonNode shown = await _rig.ShownAsync(id);
        Assert.That(shown["files"]!.GetValue<long>(), Is.EqualTo(1));
        Assert.That(shown["bytes"]!.GetValue<long>(), Is.EqualTo(whole.Length));
    }

    [Test]
    public async Task A_client_that_goes_away_in_the_middle_has_sent_what_was_whole()
    {
        (string id, string path) = await _rig.LinkAsync();
        string whole = $"A letter {Guid.NewGuid()}.";
        Uri service = _rig.Hub.Anonymous.BaseAddress!;
        using (TcpClient client = new(service.Host, service.Port))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n"
                + $"--b\r\nContent-Disposition: form-data; name=f; filename=one.txt\r\n\r\n{whole}\r\n"
                + $"--b\r\nContent-Disposition: form-data; name=f; filename=two.txt\r\n\r\n{new string('x', 5000)}"));

            // The first is durable while the second is on its way: then it counts.
            Assert.That(() => CountedAsync(id), Is.GreaterThanOrEqualTo(2).After(20_000, 20), "both are counted while they come");
        }

        Assert.That(() => CountedAsync(id), Is.EqualTo(1).After(20_000, 20));
        Assert.That((await _rig.ShownAsync(id))["bytes"]!.GetValue<long>(), Is.EqualTo(whole.Length));
    }

    [Test]
    public async Task A_form_without_a_file_and_another_body_are_refused_with_what_to_do()
    {
        (_, string path) = await _rig.LinkAsync();
        using MultipartFormDataContent empty = new() { { new StringContent("x"), "note" } };
        using HttpResponseMessage none = await _rig.Hub.Anonymous.PostAsync(path, empty);
        using StringContent json = new("{}");
        using HttpResponseMessage other = await _rig.Hub.Anonymous.PostAsync(path, json);

        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await none.Content.ReadAsStringAsync(), Does.Contain("curl -F"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await other.Content.ReadAsStringAsync(), Does.Contain("multipart/form-data").And.Contain("advice"));
    }

    [Test]
    public async Task The_receipt_of_a_browser_names_each_file_and_nothing_in_a_name_is_markup()
    {
        (_, string path) = await _rig.LinkAsync();
        using MultipartFormDataContent form = UploadRig.Form(
            ("<b>letter</b>.txt", Encoding.UTF8.GetBytes($"A letter {Guid.NewGuid()}.")), ("a.7z", "7z\u00bc\u00af\u0027\u001c"u8.ToArray()),
            ("empty.pdf", []));
        using HttpResponseMessage response = await _rig.BrowseAsync(HttpMethod.Post, path, form, "de-AT,de;q=0.9,en;q=0.5");
        string page = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        Assert.That(page, Does.Contain("1 von 3 empfangen").And.Contain("&lt;b&gt;letter").And.Contain("abgelehnt").And.Not.Contain("<b>"));
        Assert.That(page, Does.Not.Contain(path.Split('/')[1]));
    }

    private async Task<long> CountedAsync(string id) => (await _rig.ShownAsync(id))["files"]!.GetValue<long>();

    private Task<bool> SettleAsync() => ((PipelineWaiter)_rig.Hub.Services.GetService(typeof(PipelineWaiter))!)
        .WaitUntilIdleAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
}
