using System.Buffers;
using System.Text.Json;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Looks in the JSON of a Bundle, while its bytes go by, for an entry whose method is not carried out. It keeps no text
/// but short ones near the root, however long the others are; whether it is JSON is for its reader to say.
/// </summary>
internal sealed class JsonMethods
{
    // Bundle, entry, its item, and request: names below are of no interest.
    private const int Deepest = 4;

    // The names that matter, also where each of their characters is written as an escape.
    private const int LongestText = 256;
    private const int MostTypes = 1024;

    private static readonly SearchValues<byte> s_marks = System.Buffers.SearchValues.Create("{}[]\",:"u8);

    private readonly string?[] _names = new string?[Deepest + 1];
    private readonly bool[] _isObject = new bool[Deepest + 1];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly List<byte> _text = new(LongestText);
    private string? _key;
    private string? _resourceType;
    private string? _bundleType;
    private MethodRefusal? _first;
    private int _depth;
    private int _roots;
    private int _entry = -1;
    private bool _expectsKey;
    private bool _inText;
    private bool _escaped;

    /// <summary>Why the whole is not taken: a transaction is all or nothing (R4 http.html#transaction); null when it is.</summary>
    public MethodRefusal? Refusal =>
        _roots <= 1 && _resourceType == "Bundle" && _bundleType == "transaction" ? _first : null;

    /// <summary>The types of the resources that it has: its own, of a Bundle those of the entries; empty texts for odd ones.</summary>
    public IReadOnlySet<string> Types => _types;

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int used = _inText ? TakeText(bytes) : TakeMark(bytes);
            bytes = bytes[used..];
        }
    }

    private int TakeText(ReadOnlySpan<byte> bytes)
    {
        if (_escaped)
        {
            _escaped = false;
            Keep(bytes[..1]);
            return 1;
        }

        int end = bytes.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0)
        {
            Keep(bytes);
            return bytes.Length;
        }

        _escaped = bytes[end] == (byte)'\\';
        Keep(bytes[..(_escaped ? end + 1 : end)]);
        if (!_escaped)
        {
            _inText = false;
            EndText();
        }

        return end + 1;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_depth <= Deepest)
        {
            _text.AddRange(bytes[..Math.Min(bytes.Length, LongestText - _text.Count)]);
        }
    }

    private int TakeMark(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOfAny(s_marks);
        if (at < 0)
        {
            return bytes.Length;
        }

        switch (bytes[at])
        {
            case (byte)'"':
                _inText = true;
                _text.Clear();
                break;
            case (byte)'{' or (byte)'[':
                Open(bytes[at] == (byte)'{');
                break;
            case (byte)'}' or (byte)']':
                _depth = Math.Max(0, _depth - 1);
                _roots += _depth == 0 ? 1 : 0;
                _expectsKey = false;
                break;
            case (byte)',' when _depth <= Deepest:
                _expectsKey = _isObject[_depth];
                break;
            default:
                break;
        }

        return at + 1;
    }

    private void Open(bool isObject)
    {
        _depth++;
        _expectsKey = isObject;
        if (_depth <= Deepest)
        {
            _names[_depth] = _isObject[_depth - 1] ? _key : null;
            _isObject[_depth] = isObject;
            _entry += _depth == 3 && isObject && _names[2] == "entry" ? 1 : 0;
        }
    }

    private void EndText()
    {
        if (_depth > Deepest)
        {
            return;
        }

        string? text = Text();
        if (_expectsKey)
        {
            _key = text;
            _expectsKey = false;
        }
        else if (_depth == 1 && _key == "resourceType")
        {
            _resourceType = text;
            if (text != "Bundle")
            {
                AddType(text);
            }
        }
        else if (_depth == 1 && _key == "type")
        {
            _bundleType = text;
        }
        else if (_depth == Deepest && _names[2] == "entry" && _names[Deepest] == "resource" && _key == "resourceType")
        {
            AddType(text);
        }
        else if (_depth == Deepest && _names[2] == "entry" && _names[Deepest] == "request" && _key == "method"
            && !FhirMethod.IsTaken(text))
        {
            _first ??= new MethodRefusal(_entry, text ?? string.Empty);
        }
    }

    private void AddType(string? text) => _types.Add(_types.Count < MostTypes ? text ?? string.Empty : string.Empty);

    private string? Text()
    {
        try
        {
            Utf8JsonReader reader = new([(byte)'"', .. _text, (byte)'"']);
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Broken, or longer than any name that matters.
            return string.Empty;
        }
    }
}
