using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Samples;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Api;

/// <summary>Small pictures of held images, for those who decide and nobody else.</summary>
internal sealed class HeldPictureTests
{
    [Test]
    public async Task A_held_image_has_a_picture_and_a_letter_says_that_it_has_none()
    {
        await using TestHub hub = await TestHub.StartAsync();
        SampleCase sample = SampleCase.Generate(1);
        string image = await ImportAsync(hub, sample.Files.First(file => file.MediaType == "application/dicom").Content);
        string letter = await ImportAsync(hub, "A letter that names nobody."u8.ToArray());
        using HttpClient viewer = await hub.ClientOfAsync(Role.Machine);

        using HttpResponseMessage picture = await hub.Http.GetAsync($"api/inbox/{image}/thumbnail");
        using HttpResponseMessage none = await hub.Http.GetAsync($"api/inbox/{letter}/thumbnail");
        using HttpResponseMessage refused = await viewer.GetAsync($"api/inbox/{image}/thumbnail");

        Assert.That(picture.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/bmp"));
        Assert.That((await picture.Content.ReadAsByteArrayAsync())[..2], Is.EqualTo("BM"u8.ToArray()));
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await none.Content.ReadAsStringAsync(), Does.Contain("not an image"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<string> ImportAsync(TestHub hub, ReadOnlyMemory<byte> bytes)
    {
        using ReadOnlyMemoryContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage answer = await hub.Http.PostAsync("api/import?name=file", content);
        JsonNode lines = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(lines[0]!["outcome"]!.GetValue<string>(), Is.EqualTo("held"), lines.ToJsonString());
        return lines[0]!["item"]!.GetValue<string>();
    }
}
