using System.Xml;

namespace RecordHub.Core.Resources;

/// <summary>
/// Passes an XML document on down to a depth, and stops with an <see cref="XmlException"/> below it. Of a FHIR resource the attributes
/// <c>value</c> are passed on as something else, and an element of no FHIR stops it too: read by its name alone, a foreign
/// <c>status</c> would be a status of the resource (R4 xml.html).
/// </summary>
/// <param name="inner">The document.</param>
/// <param name="maxDepth">How deep it may be.</param>
/// <param name="ofValue">What is passed on for a value; null when the document is not read as a resource.</param>
internal sealed class BoundedXmlReader(XmlReader inner, int maxDepth, Func<string, string>? ofValue = null) : XmlReader, IXmlLineInfo
{
    private const string Narrative = "http://www.w3.org/1999/xhtml";
    private const int Outside = int.MaxValue;

    private readonly IXmlLineInfo? _lines = inner as IXmlLineInfo;
    private int _narrative = Outside;

    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value =>
        ofValue is not null && inner is { NodeType: XmlNodeType.Attribute, LocalName: "value" } ? ofValue(inner.Value) : inner.Value;

    public int LineNumber => _lines?.LineNumber ?? 0;

    public int LinePosition => _lines?.LinePosition ?? 0;

    public override bool Read()
    {
        bool more = inner.Read();
        if (inner.Depth > maxDepth)
        {
            throw new XmlException("Elements are nested deeper than allowed.", null, LineNumber, LinePosition);
        }

        if (more && ofValue is not null && inner.NodeType == XmlNodeType.Element && !IsFhir())
        {
            throw new XmlException("An element is in a namespace of no FHIR.", null, LineNumber, LinePosition);
        }

        return more;
    }

    // Within a narrative there is what XHTML holds, which the model looks at.
    private bool IsFhir()
    {
        if (inner.Depth <= _narrative)
        {
            _narrative = inner.LocalName == "div" && inner.NamespaceURI == Narrative ? inner.Depth : Outside;
        }

        return _narrative != Outside || inner.NamespaceURI == FhirXml.Namespace.NamespaceName;
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) =>
        inner.GetAttribute(name) is { } text && name == "value" && ofValue is not null ? ofValue(text) : inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    public bool HasLineInfo() => _lines?.HasLineInfo() ?? false;
}
