using System.Text;
using System.Text.Json;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Packages;

/// <summary>The page by which an exported package is read without a server, made from the sealed Bundle.</summary>
internal sealed class PackageIndex
{
    private readonly PackageVersion _version;
    private readonly List<(string Title, string Html)> _sections = [];

    internal PackageIndex(PackageVersion version, JsonElement bundle)
    {
        _version = version;
        Dictionary<string, JsonElement> byUrl = [];
        foreach (JsonElement entry in bundle.GetProperty("entry").EnumerateArray())
        {
            byUrl[entry.GetProperty("fullUrl").GetString() ?? string.Empty] = entry.GetProperty("resource");
        }

        foreach (JsonElement resource in byUrl.Values)
        {
            switch (ResourceFacts.Text(resource, "resourceType"))
            {
                case "Composition":
                    AddSections(resource.GetProperty("section"));
                    break;
                case "ImagingStudy":
                    Studies.Add(StudyOf(resource));
                    break;
                case "DocumentReference" when resource.TryGetProperty("content", out JsonElement content):
                    AddAttachments(resource, content, byUrl);
                    break;
                default:
                    break;
            }
        }
    }

    internal List<Study> Studies { get; } = [];

    internal List<Attachment> Attachments { get; } = [];

    internal byte[] Write()
    {
        string title = Narrative.Escape(CompositionWriter.TitleOf(_version.Case, _version.Version));
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append("<title>").Append(title).Append("</title><style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;")
            .Append("padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;")
            .Append("vertical-align:top;overflow-wrap:anywhere}h2{border-bottom:1px solid #bbb}</style></head><body><h1>")
            .Append(title).Append("</h1><p>SHA-256 of bundle.json: <code>").Append(_version.Digest).Append("</code></p>");
        html.Append("<h2>Files</h2><ul>");
        if (!Attachments.Any(one => one.Path is not null) && !Studies.Any(one => one.Folder is not null))
        {
            html.Append("<li>None: no document and no image lies beside this page.</li>");
        }

        foreach (Attachment one in Attachments.Where(one => one.Path is not null))
        {
            html.Append("<li><a href=\"").Append(one.Path).Append("\">").Append(Narrative.Escape(one.Title)).Append("</a> (")
                .Append(Narrative.Escape(one.ContentType)).Append(")</li>");
        }

        foreach (Study one in Studies.Where(one => one.Folder is not null))
        {
            html.Append("<li><a href=\"").Append(one.Folder).Append("/\">").Append(Narrative.Escape(one.Title))
                .Append("</a> (DICOM")
                .Append(one.Missing == 0 ? ")" : Narrative.Invariant($"; {one.Missing} images are no longer in the case)"))
                .Append("</li>");
        }

        html.Append("</ul>");
        foreach ((string heading, string text) in _sections)
        {
            html.Append("<h2>").Append(Narrative.Escape(heading)).Append("</h2>").Append(text);
        }

        return Encoding.UTF8.GetBytes(html.Append("</body></html>\n").ToString());
    }

    private void AddSections(JsonElement sections)
    {
        foreach (JsonElement section in sections.EnumerateArray())
        {
            string html = section.TryGetProperty("text", out JsonElement text) ? ResourceFacts.Text(text, "div") ?? "" : "";
            _sections.Add((ResourceFacts.Text(section, "title") ?? string.Empty, html));
            if (section.TryGetProperty("section", out JsonElement parts))
            {
                AddSections(parts);
            }
        }
    }

    private void AddAttachments(JsonElement resource, JsonElement content, Dictionary<string, JsonElement> byUrl)
    {
        string title = ResourceFacts.Text(resource, "description")
            ?? (resource.TryGetProperty("type", out JsonElement type) ? ResourceFacts.Text(type, "text") : null) ?? "Document";
        title = Standing.Of(resource, new AttachedFiles(0, [], false)).Mark(title);
        foreach (JsonElement one in content.EnumerateArray())
        {
            if (!one.TryGetProperty("attachment", out JsonElement attachment)
                || ResourceFacts.Text(attachment, "url") is not { } url)
            {
                continue;
            }

            string contentType = ResourceFacts.Text(attachment, "contentType") ?? "application/octet-stream";
            byte[]? data = byUrl.TryGetValue(url, out JsonElement binary)
                ? binary.TryGetProperty("data", out JsonElement base64) ? base64.GetBytesFromBase64() : [] : null;
            if (data is not null || url.StartsWith("Binary/", StringComparison.Ordinal))
            {
                Attachments.Add(new Attachment(title, contentType, url[(url.IndexOf('/', StringComparison.Ordinal) + 1)..], data));
            }
        }
    }

    private static Study StudyOf(JsonElement resource)
    {
        string uid = resource.GetProperty("identifier").EnumerateArray().Select(one => ResourceFacts.Text(one, "value"))
            .OfType<string>().FirstOrDefault(value => value.StartsWith("urn:oid:", StringComparison.Ordinal)) ?? "urn:oid:";
        List<string> sops = [];
        if (resource.TryGetProperty("series", out JsonElement series))
        {
            foreach (JsonElement one in series.EnumerateArray())
            {
                sops.AddRange(one.TryGetProperty("instance", out JsonElement instances)
                    ? instances.EnumerateArray().Select(item => ResourceFacts.Text(item, "uid")).OfType<string>() : []);
            }
        }

        string date = ResourceFacts.Text(resource, "started") is { } started ? ClinicalDate.Day(started) + " " : string.Empty;
        return new Study(date + (ResourceFacts.Text(resource, "description") ?? "Study"), uid["urn:oid:".Length..], sops);
    }

    /// <summary>A study of the sealed version.</summary>
    internal sealed class Study(string title, string uid, IReadOnlyList<string> sopInstanceUids)
    {
        internal string Title => title;

        internal string Uid => uid;

        internal IReadOnlyList<string> SopInstanceUids => sopInstanceUids;

        internal int Missing { get; set; }

        internal string? Folder { get; set; }
    }

    /// <summary>A document of the sealed version.</summary>
    internal sealed class Attachment(string title, string contentType, string binaryId, byte[]? data)
    {
        internal string Title => title;

        internal string ContentType => contentType;

        internal string BinaryId => binaryId;

        internal byte[]? Data => data;

        internal string? Path { get; set; }
    }
}
