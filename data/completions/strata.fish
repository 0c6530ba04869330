# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for strata. Commands and options are read from its own help, so they are never out of date; revisions
# come from the project where you are, or the one that -c names.

# The command line up to here, in two parts: what chooses the project, and the command.
function __strata_parse
    set -g __strata_called strata
    set -g __strata_command
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch $words[$i]
            case -c --config -n --name -x -p --profile --url
                set -l next (math $i + 1)
                set -a __strata_called $words[$i] $words[$next..$next]
                set i $next
            case '-*'
            case '*'
                set __strata_command $words[$i]
                return
        end
        set i (math $i + 1)
    end
end

function __strata_needs_command
    __strata_parse
    test -z "$__strata_command"
end

function __strata_command_is
    __strata_parse
    contains -- "$__strata_command" $argv
end

function __strata_commands
    strata --help 2>/dev/null | string replace -rf '^  ([a-z_]+) +(.*)$' '$1\t$2'
end

function __strata_options
    __strata_parse
    strata $__strata_command --help-all 2>/dev/null | string replace -rf '^  (?:-., )?(--[a-z-]+)\S* +(.*)$' '$1\t$2'
end

function __strata_revisions
    __strata_parse
    printf '%s\t%s\n' head 'the newest revision' heads 'the newest of every branch' base 'before the first'
    $__strata_called history 2>/dev/null | string replace -rf '^.*? -> ([^ ,]+)[^,]*(?:, .*\))?, (.*)$' '$1\t$2'
end

function __strata_profiles
    strata profile list 2>/dev/null | string replace -rf '^(\S+) .* \S+:\S+$' '$1'
end

complete -c strata -f
complete -c strata -n __strata_needs_command -a '(__strata_commands)'
complete -c strata -n __strata_needs_command -s c -l config -r -F -d 'Project file'
complete -c strata -n __strata_needs_command -s p -l profile -x -a '(__strata_profiles)' -d 'Database profile'
complete -c strata -n __strata_needs_command -l version -d 'Show the version'
complete -c strata -n 'not __strata_needs_command; and string match -q -- "-*" (commandline -ct)' -a '(__strata_options)'
complete -c strata -n '__strata_command_is upgrade downgrade stamp show render edit merge history revision revert rescue' \
    -k -a '(__strata_revisions)'
complete -c strata -n '__strata_command_is diff dump' -k -F -a 'db schema models empty (__strata_revisions)'
complete -c strata -n '__strata_command_is profile' -a 'add list show test remove'
complete -c strata -n '__strata_command_is init' -a '(__fish_complete_directories)'
