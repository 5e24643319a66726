using RecordHub.Documents.Text;

namespace RecordHub.Documents.Rtf;

/// <summary>What each control word does.</summary>
internal sealed partial class RtfInterpreter
{
    private char? _highHalf;

    private void Word(string name, int? parameter, bool opensGroup)
    {
        if (_fallbackLeft > 0 && name is not "u" and not "uc")
        {
            // A control word counts as one of the characters that stand in for \u.
            _fallbackLeft--;
            return;
        }

        if (name == "bin")
        {
            _scanner.Skip(parameter ?? 0);
            return;
        }

        if (_group.Destination == RtfDestination.Skipped && name != "ud")
        {
            return;
        }

        if (opensGroup && Destination(name))
        {
            return;
        }

        if (RtfNames.Characters.TryGetValue(name, out string? characters))
        {
            if (_group.Destination == RtfDestination.Body)
            {
                Characters(characters);
            }

            return;
        }

        Property(name, parameter);
    }

    /// <summary>True when the word says where the group's text goes.</summary>
    private bool Destination(string name)
    {
        bool ignorable = _group.Ignorable;
        _group.Ignorable = false;
        RtfDestination? destination = name switch
        {
            "fonttbl" => RtfDestination.FontTable,
            "info" => RtfDestination.Info,
            "title" when _group.Destination == RtfDestination.Info => RtfDestination.Title,
            "author" when _group.Destination == RtfDestination.Info => RtfDestination.Author,
            "creatim" when _group.Destination == RtfDestination.Info => RtfDestination.Created,
            "pict" => RtfDestination.Picture,
            // The ANSI half of \upr is repeated in Unicode by the \*\ud inside it.
            "upr" => RtfDestination.Skipped,
            "ud" => RtfDestination.Body,
            "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf" or "footnote"
                or "annotation" or "shptxt" => RtfDestination.Body,
            _ when RtfNames.Skipped.Contains(name) => RtfDestination.Skipped,
            _ when ignorable && !RtfNames.SeenThoughIgnorable.Contains(name) => RtfDestination.Skipped,
            _ => null,
        };
        if (destination is null)
        {
            return false;
        }

        if (destination == RtfDestination.Body && name != "ud")
        {
            text.Line();
        }

        if (destination == RtfDestination.Picture)
        {
            BeginPicture();
        }

        _group.Destination = destination.Value;
        return true;
    }

    private void Property(string name, int? parameter)
    {
        switch (name)
        {
            case "u":
                Unicode(parameter.GetValueOrDefault());
                break;
            case "uc":
                _group.FallbackLength = Math.Clamp(parameter ?? 1, 0, 32);
                break;
            case "ansicpg":
                _default = Charsets.ByCodePage(parameter ?? 0) ?? _default;
                break;
            case "mac":
                _default = Charsets.ByCodePage(10000) ?? _default;
                break;
            case "pc":
                _default = Charsets.ByCodePage(437) ?? _default;
                break;
            case "pca":
                _default = Charsets.ByCodePage(850) ?? _default;
                break;
            case "f":
                Font(parameter ?? 0);
                break;
            case "fcharset" or "cpg" when _group.Destination == RtfDestination.FontTable:
                int? codePage = name == "cpg" ? parameter : RtfNames.CodePageOf(parameter ?? 0);
                if (codePage is { } page && Charsets.ByCodePage(page) is { } charset && _fonts.Count < 10_000
                    && !(name == "fcharset" && page == 1252))
                {
                    _fonts[_group.Font] = charset;
                }

                break;
            case "plain":
                Flush();
                _group.Hidden = false;
                break;
            case "v":
                Flush();
                _group.Hidden = parameter is null or not 0;
                break;
            case "deleted":
                Flush();
                _group.Deleted = parameter is null or not 0;
                break;
            case "intbl":
                _cell = true;
                break;
            case "pard":
                _cell = false;
                break;
            case "jpegblip" or "pngblip" when _group.Destination == RtfDestination.Picture:
                _pictureType = name;
                break;
            case "yr" or "mo" or "dy" or "hr" or "min" when _group.Destination == RtfDestination.Created:
                int index = name switch { "yr" => 0, "mo" => 1, "dy" => 2, "hr" => 3, _ => 4 };
                _created[index] = Math.Clamp(parameter ?? 0, 0, index == 0 ? 9999 : 59);
                break;
            default:
                break;
        }
    }

    /// <summary>Characters beyond U+FFFF come as two halves, each with its own \u.</summary>
    private void Emit(char unit)
    {
        if (char.IsHighSurrogate(unit))
        {
            _highHalf = unit;
            return;
        }

        Emit(char.IsLowSurrogate(unit) && _highHalf is { } high ? new string([high, unit]) : unit.ToString());
        _highHalf = null;
    }

    private void Font(int number)
    {
        if (_group.Destination == RtfDestination.FontTable)
        {
            _group.Font = number;
            return;
        }

        // The default charset holds for fonts that name none (\fcharset0 is "ANSI", which \ansicpg says more about).
        _group.Charset = _fonts.GetValueOrDefault(number);
    }

    private void Unicode(int value)
    {
        _fallbackLeft = 0;
        if (_group.Destination is RtfDestination.Body or RtfDestination.Title or RtfDestination.Author)
        {
            Flush();
            int code = value < 0 ? value + 65_536 : value;
            if (code is > 0 and < 65_536)
            {
                Emit((char)code);
            }
            else if (code is >= 65_536 and <= 0x10FFFF)
            {
                Emit(char.ConvertFromUtf32(code));
            }
        }

        _fallbackLeft = _group.FallbackLength;
    }
}
