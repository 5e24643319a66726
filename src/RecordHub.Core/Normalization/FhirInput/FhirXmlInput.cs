using System.Globalization;
using System.Xml.Linq;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>XML as the JSON that it would be. A batch is read without those of its resources that are no R4.</summary>
/// <param name="Json">UTF-8.</param>
/// <param name="Unread">What could not be read, by the number of its entry; another resource stands in its place.</param>
internal sealed record FhirXmlInput(byte[] Json, IReadOnlyDictionary<int, FhirInputException> Unread)
{
    private static readonly Dictionary<int, FhirInputException> s_nothing = [];

    /// <exception cref="FhirInputException">Not R4, malformed, or over a limit.</exception>
    public static FhirXmlInput Read(Stream content)
    {
        long start = content.Position;
        try
        {
            return new FhirXmlInput(FhirXml.ToJson(content), s_nothing);
        }
        catch (FhirFormatException exception)
        {
            content.Position = start;
            FhirXmlInput? rest = FhirXml.Tree(content) is { } tree && IsBatch(tree) ? WithoutUnread(tree) : null;
            content.Position = start;
            return rest ?? throw Why(exception, content, exception.Where);
        }
    }

    /// <inheritdoc />
    public override string ToString() => nameof(FhirXmlInput);

    private static bool IsBatch(XElement tree) => tree.Name == FhirXml.Namespace + "Bundle"
        && (string?)tree.Element(FhirXml.Namespace + "type")?.Attribute("value") == FhirEntries.Batch;

    // The entries of a batch are independent (R4 http.html#brules). Null when it is not its resources that are wrong.
    private static FhirXmlInput? WithoutUnread(XElement batch)
    {
        Dictionary<int, FhirInputException> unread = [];
        int number = 0;
        foreach (XElement entry in batch.Elements(FhirXml.Namespace + "entry"))
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"Bundle.entry[{number}].resource");
            if (entry.Element(FhirXml.Namespace + "resource") is { } resource && Problem(resource, place) is { } problem)
            {
                unread.Add(number, problem);
                resource.ReplaceNodes(new XElement(FhirXml.Namespace + "Basic"));
            }

            number++;
        }

        return unread.Count > 0 && TryJson(batch, out byte[]? json) is null ? new FhirXmlInput(json!, unread) : null;
    }

    private static FhirInputException? Problem(XElement resource, string place)
    {
        XElement alone = new(FhirXml.Namespace + "Bundle", new XElement(FhirXml.Namespace + "entry", resource));
        if (TryJson(alone, out _) is not { } exception)
        {
            return null;
        }

        using MemoryStream bytes = Bytes(alone);
        return Why(exception, bytes, place);
    }

    private static FhirFormatException? TryJson(XElement tree, out byte[]? json)
    {
        using MemoryStream bytes = Bytes(tree);
        try
        {
            json = FhirXml.ToJson(bytes);
            return null;
        }
        catch (FhirFormatException exception)
        {
            json = null;
            return exception;
        }
    }

    private static MemoryStream Bytes(XElement tree)
    {
        MemoryStream bytes = new();
        tree.Save(bytes, SaveOptions.DisableFormatting);
        bytes.Position = 0;
        return bytes;
    }

    private static FhirInputException Why(FhirFormatException exception, Stream content, string? where) =>
        FhirXmlRelease.Other(content) is { } other
            ? new FhirInputException(
                "not-r4", $"The content is not FHIR R4 ({other} is another release's). Send it as R4.", where, exception)
            : new FhirInputException("malformed", exception.Message, where, exception);
}
